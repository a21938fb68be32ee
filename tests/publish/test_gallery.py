"""The gallery shows each view once, with its picture and the words of its own twin."""

import pytest

from course import lesson
from course.publish import gallery


@pytest.fixture(scope="module")
def page():
    return gallery.page()


def test_the_page_is_what_the_views_say(page):
    assert gallery.PAGE.read_text(encoding="utf-8") == page


def test_every_view_is_there_once_with_a_call_that_exists(page):
    verbs = [plate.call.split("(")[0] for plate in gallery.PLATES]
    assert len(set(verbs)) == len(verbs) == 9
    assert set(verbs) <= set(lesson.__all__)
    assert page.count("\n## ") == page.count("![") == 9


@pytest.mark.parametrize("plate", gallery.PLATES, ids=lambda p: p.name)
def test_every_picture_is_kept_and_small(plate):
    kept = gallery.picture(plate)
    assert kept.read_bytes().startswith(b"\x89PNG")
    assert kept.stat().st_size < gallery.LARGEST


def test_without_imagemagick_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(gallery.shutil, "which", lambda name: None)
    assert gallery.pictures() == ["Reducing pictures needs ImageMagick; install it and call again."]
