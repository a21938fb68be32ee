# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The Conference of the Parties
#
# **What can it decide, and what not?**

# %%
import course
from course import ask, check, decision_lab, done, head, passage, portfolio, predict, progress
from course import recall, sources, treaty_simulator

head("conference")

# %% [markdown]
# > **Before you begin.** This notebook is a simulation, for one or for a group. The first crisis is invented. Nobody plays the State that they come from, and nobody plays a victim. You may step out at any
# > time and need give no reason. At the end everyone leaves the role before the debrief.

# %% [markdown]
# ## 1. Predict
#
# The treaty is in force. Two Parties have come to blows, and each says that the other has begun. The Depositary has called the Parties together. How far up the ladder will they get?

# %%
predict("conference.rung")

# %% [markdown]
# ## 2. What the article argues
#
# A party that believes its security infringed is to find a mechanism that works "in practice" [33]. Consensus guards everyone against misuse [63]. "If everyone really wants to play by jointly established rules", the rules should bind [53].
#
# Here you play by them.

# %%
passage(33, 53, 63)

# %% [markdown]
# ### The case at its strongest
#
# 1. States that sit at one table before the first shot have a chance that no letter gives them [33].
# 2. A right to ask and to call the others together, within days that the draft leaves blank, takes time away from those who would use it to prepare.
# 3. A decision of all is obeyed by all; a decision of some starts the next quarrel [63].
# 4. Even a conference that decides nothing has heard both sides in public, and that is worth something.
#
# The fourth line is ours, and the most modest. See at the end whether you would keep it.

# %% [markdown]
# ## 3. Play
#
# ### An invented crisis
#
# Choose a Party and, if you like, the ballot that it will cast. The other Parties follow stated positions, which you can read. Step through the days. At each step you decide one thing; the rest follows by the rules of the draft.

# %%
treaty_simulator("valley")

# %% [markdown]
# ### The ladder
#
# From the lowest rung to the highest: *meet*, *share facts*, *appeal*, *send monitors*, *censure*, *act together*. For each rung ask who had to agree and who could stop it. Most bodies reach the lower rungs easily and the upper ones seldom. That is by intention: States give away little, and
# least in what matters most.

# %%
ask("conference.ladder")

# %% [markdown]
# ### The rule, then the sandbox
#
# Now change one thing at a time: the ballots, what an abstention means, who names the attacker. The [[quorum]] you can change in the simulator above, under *Draft your own Article 8*. Which single change moves the outcome most?

# %%
decision_lab("valley")

# %% [markdown]
# **Your turn, in Python.** Let the code do what you did by hand. Suppose that each of 56 States would say yes with a chance of 0.99, each for itself. What is the chance that *all* say yes? And with 0.999? Give the two numbers in a list.

# %%
chances = None  # [chance with 0.99, chance with 0.999]

check("conference.chances", chances)

# %% [markdown]
# This is arithmetic, not a forecast: States do not decide each for itself, and blocs move together. But the sum shows why a rule of [[consensus]] among many needs either very small questions or very strong reasons.

# %% [markdown]
# ## 4. Test it
#
# ### A real case
#
# Choose one that you have studied: March 1999 or August 2008. Ballots marked *recorded* were cast; those marked *assumed* rest on a statement or an alliance, and each has its reason and its alternative. Change only what you can defend.

# %%
decision_lab("kosovo-1999")

# %%
decision_lab("georgia-2008")

# %% [markdown]
# **Your turn, in Python.** `course.institutions.body("OSCE", on="2008-08-08")` is a body with its members of that day. Let all say yes and Russia no, with `.decide({"RUS": "no"}, default="yes")`. Then do the same for `"OSCE:minus-one"` with `excluded=["RUS"]`. Put the two `.adopted` into a list.

# %%
osce = course.institutions.body("OSCE", on="2008-08-08")
outcomes = None  # [with consensus, with consensus minus one]

check("conference.outcomes", outcomes)

# %% [markdown]
# ### Concept card: consensus and its price
#
# Consensus buys acceptance: a decision that nobody opposed will rarely be undone. It pays with speed and with courage: the most reluctant sets the pace. Majorities buy action and pay with those who were outvoted and may walk away. There is no rule without a price. There are only rules whose price is known.

# %% [markdown]
# ### Concept card: mediation from outside
#
# On 12 August 2008 Moscow ended its operation, and the presidents of France and Russia published six points, which both sides signed within days [@geo-kremlin-0812; @geo-britannica-2008]. Killing, looting and burning went on after that, as the Court in Strasbourg found in 2021 [@geo-ecthr-2021]. No body voted. Two days before, the OSCE's chairman and France's foreign minister had brought a first plan to Tbilisi [@GE-30a].

# %% [markdown]
# France held the presidency of the EU, and spoke for it; it had no mandate from the [[Security Council]] or the OSCE for the text. One of the points,
# on the future of the two regions, was changed at Georgia's request [@geo-hvg-0813].
#
# A mediator has no power but access, time and the wish of both to stop. What would a treaty have added, and what might it have taken away?

# %%
ask("conference.mediator")

# %% [markdown]
# ### In a group
#
# With others in the room, the instructor opens a live session: roles, three pieces of news, a vote each round, and a round of its own on who the attacker is. The counting is done by the same rules as here. Without a network, paper ballots and this notebook are enough.

# %% [markdown]
# ### Debrief
#
# You have left your role. Three questions, before anything else. Where did the procedure stick? What did you do that you would not have done as yourself? What would have had to be different *outside* the room?

# %%
ask("conference.debrief")

# %%
ask("conference.best_case")

# %% [markdown]
# ## 5. The final judgement
#
# You have been through the whole article. In notebook 00 you said how much of its description you expected to accept. First, in your own words, what you think now.

# %%
ask("conference.repair")

# %%
ask("conference.final")

# %%
recall("start.diagnosis")

# %%
recall("conference.rung")

# %% [markdown]
# ## 6. What you have done

# %%
done("conference")

# %%
progress()

# %% [markdown]
# Your portfolio is one file with what you wrote, beside what you had expected. It leaves out opinions and texts unless you tick them, for they are yours. Nothing is sent.

# %%
portfolio()

# %% [markdown]
# ### Sources of this notebook

# %%
sources("conference")
