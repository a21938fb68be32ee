"""Pseudonyms: two plain words, easy to say aloud and the same to nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection

__all__ = ["pseudonym"]

COLOURS = (
    "Amber Ash Auburn Azure Birch Blue Bronze Brown Cedar Clear Copper Coral Crimson Dawn Dusk "
    "Fern Gold Green Grey Hazel Indigo Ivory Jade Lilac Lime Maple Mint Moss Oak Olive Opal Pearl "
    "Pine Plum Rose Ruby Rust Sand Silver Slate Snow Teal Umber Violet White Willow"
).split()
BIRDS = (
    "Avocet Bittern Bunting Crane Curlew Dipper Dove Dunlin Egret Eider Falcon Finch Goose Grebe "
    "Grouse Gull Heron Hobby Ibis Jay Kestrel Kite Knot Lark Linnet Magpie Martin Merlin Oriole "
    "Osprey Ouzel Owl Petrel Pipit Plover Quail Raven Redstart Robin Ruff Shrike Siskin Snipe "
    "Starling Stilt Stork Swallow Swan Swift Teal Tern Thrush Wagtail Warbler Wigeon Wren"
).split()


def pseudonym(taken: Collection[str], choose: Callable) -> str:
    """A name that nobody in the room has.

    Parameters
    ----------
    taken : collection of str
        Names in use.
    choose : callable
        Picks one item of a sequence, such as `random.choice` or `secrets.choice`.
    """
    for _ in range(200):
        name = f"{choose(COLOURS)} {choose(BIRDS)}"
        if name not in taken:
            return name
    return f"Guest {len(taken) + 1}"
