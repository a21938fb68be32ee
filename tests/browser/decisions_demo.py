# %% [markdown]
# # The two views of decisions
#
# For the browser tests: one crisis in the lab, one in the simulator.

# %%
from course.lesson import decision_lab, treaty_simulator

decision_lab("georgia-2008")

# %%
treaty_simulator("river")
