# %% [markdown]
# # Every view once
#
# For the browser tests: each view on the real record.

# %%
from course import data
from course.widgets.timeline import Timeline

events = [e for e in data.rows("events") if "kosovo" in e["notebooks"]]
Timeline(events, "Kosovo, 1998 and 1999")

# %%
from course.widgets.claim_desk import ClaimDesk

ClaimDesk("C039", "C043")

# %%
from course.widgets.ranges import Ranges

Ranges([r for r in data.rows("casualties") if r["conflict"] == "kosovo"], "Kosovo: every count")

# %%
from course.widgets.slider import Slider

slider = Slider("Date", labels=["March 1999", "April 1999", "May 1999"], play=700)
slider

# %%
from course.widgets.membership_map import MembershipMap

MembershipMap()

# %%
from course.widgets.indicators import Indicators

Indicators()

# %%
from course.widgets.text_lens import TextLens

TextLens()
