# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The bridge at Lind
#
# **Does the letter show that the river needs a board?**

# %%
from course import (
    ask,
    check,
    claim_desk,
    done,
    head,
    passage,
    predict,
    recall,
    sources,
    table,
    timeline,
)

head("bridge")

# %%
predict("bridge.guess")

# %% [markdown]
# ## The ferry
#
# The letter says that the ferry stood still on one day in five [@ferry-log]. The log counts each day [@L01].
# Nobody on the river kept a [[gauge]].

# %%
passage(2, 5, 6)

# %%
timeline("bridge")

# %%
crossings = table("crossings")
crossings.tail(3)

# %%
ask("bridge.still")

# %%
answer = ...
check("bridge.still", answer)

# %%
claim_desk("C002", "C006")

# %%
ask("bridge.cause")

# %%
recall("bridge.guess")

# %%
sources("bridge")

# %%
done("bridge")
