# %% [markdown]
# # The argument map
#
# For the browser tests: the whole argument, and one conclusion.

# %%
from course.widgets.argument_map import ArgumentMap

ArgumentMap().show()

# %%
ArgumentMap("C132").show()
