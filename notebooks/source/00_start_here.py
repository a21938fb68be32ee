# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Start here
#
# **How do you read a foreign minister's article?**

# %%
from course import ask, check, claim_desk, done, head, passage, predict, progress, recall
from course import sources, table, timeline

head("start")

# %% [markdown]
# ## How this course works
#
# You will read one text closely: an article of 2010 in which Sergei Lavrov, foreign minister of Russia, argues that Europe needs
# one treaty that makes security equal for all. Each notebook takes one part of the argument, states it as strongly as
# it can be stated, and then puts each statement that can be checked beside the public record.
#
# Where it is a matter of fact, the course says what the record shows, also when that goes against the article, and who disputes it.
# Where it is a matter of value, it gives you the best case on each side. The verdict is yours.

# %% [markdown]
# ### Four habits of this notebook
#
# **Run the cells in order.** Click a grey cell and press Shift+Enter, or choose *Run > Run All Cells*. Everything works from the keyboard:
# Tab moves on, Space chooses, the arrow keys move a slider.
#
# **Numbers in square brackets** are paragraphs of the article: [10] is the tenth of 67. The text itself is not in this course. Read it
# beside the notebook, in your own copy.
#
# **Names in round brackets** are sources. They are linked, and listed at the end.
#
# **Words with a dotted line** are explained when you point at them. `course.glossary("quorum")`, after `import course`, does the same; without a word it shows them all.

# %% [markdown]
# ### Your answers stay yours
#
# What you write is kept in one file on your own computer and sent nowhere. Close the notebook, come back in a month: it is there.
#
# On Binder there is no memory. Save your record to a file before you leave, and load it when you return;
# there, the first and the last cell of each notebook say how.

# %% [markdown]
# ## 1. Predict
#
# Before you know anything: two guesses. The first has an answer that was counted, and you will see it in this notebook.
# The second comes back in the last notebook of the course.

# %%
predict("start.checkable")

# %%
predict("start.diagnosis")

# %% [markdown]
# ## 2. What the article argues
#
# The whole argument fits on a page. Europe's security has got worse since 1990 [6]. The reason is a choice of the 1990s: NATO was
# enlarged, where one organisation for all could have been built ([7], [8]). The principle that security is
# *indivisible* was proclaimed, but outside NATO no rule makes anybody keep it [9]. Kosovo in 1999 and Georgia in 2008 show the price ([10] to [14]).
#
# So the principle should become law, in one short treaty with a procedure ([33], [53]). All are invited, organisations too [36].

# %% [markdown]
# ### The case at its strongest
#
# 1. States already agreed that none may strengthen its security "at the expense of the security of others" [9].
# 2. A promise on which nobody can insist protects those who need no protection.
# 3. Those inside an alliance have law and guarantees; those outside have declarations ([9], [47]).
# 4. To turn a promise that all have given into law asks nobody for anything new ([33], [38]).
# 5. So whoever meant the promise should accept the treaty ([35], [53]).
#
# If you think that this is weak, read it again as if you lived in a State outside every alliance.

# %%
passage(6, 9, 33, 53)

# %% [markdown]
# ## 3. Look: who, when, for whom, to do what
#
# Historians ask four questions before they believe or disbelieve a line. Together they are called *sourcing*.
#
# **Who?** A foreign minister in office since 2004. He speaks for a State. He is also a witness: in 1999 he sat for Russia in the
# [[Security Council]] [@cnn-1999-03-26; @un-spv4011], and during the war of 2008 he was minister.
#
# **For whom?** The article was written for a French journal of defence, and came out there in May 2010 and in an English-language
# Russian journal, in its second issue of that year [@lavrov-2010; @lavrov-2010-mission]. Its first readers were those of a journal of
# defence.

# %% [markdown]
# **When?** Spring 2010. Play with the timeline of those two years. What lies just behind the author, and what is about to be decided?

# %%
timeline("start")

# %% [markdown]
# ### What the date tells you
#
# Russia had published its draft treaty in November 2009 [@est-en-copy]. NATO's Secretary General had said in December that he saw no need
# for new treaties [@reuters-rasmussen]; the American Secretary of State said much the same in January [@clinton-factsheet]. NATO was
# writing a new strategic concept, to be adopted in Lisbon in November 2010 [@lisbon-2010]. It was also the spring of what Washington called a "reset" with Moscow:
# the two signed New START, on strategic arms, on 8 April 2010 [@kansas-2010-04-08].

# %% [markdown]
# So the article comes after the first cool answers and before the next decision. To read it as if it knew the years after 2010
# would be to read it badly.

# %% [markdown]
# **To do what?** A text like this wants its readers to do something. Ask it of each paragraph: does it inform, accuse, promise, reassure,
# or ask?

# %%
ask("start.purpose")

# %% [markdown]
# ### One text, several versions
#
# The article came out in French, and at least two English texts of it exist [@lavrov-2010; @lavrov-2010-mission]. They differ in small things,
# and a translator's choice can change the force of a statement: "danger" is not "threat", and the author insists on the difference himself [58].
#
# This course read the two English texts, not the French. It counts paragraphs by the one in *Russia in Global Affairs*.

# %% [markdown]
# ### Concept card: three tools
#
# **Sourcing.** Who made this, when, for whom, to do what? You ask it *before* you read.
#
# **Contextualisation.** What was happening around the text, and what could its author know? You ask it *while* you read.
#
# **Corroboration.** Who else says so, who could know it at first hand, and do the reports depend on each other? Three newspapers that
# copy one agency are one source. You ask it *after* you read.
#
# None of the three tells you that a sentence is false because you dislike who said it.

# %%
ask("start.tools")

# %% [markdown]
# ## 4. Test it: what kind of sentence is this?
#
# You can only test a statement if you know what kind it is. That the Vienna Document "has not been updated for ten years" [32] can be looked up. That all dimensions of security be treated as important [29] cannot: it is a demand. That the treaty would bring trust [67] is a forecast. "We never slammed the door" [37] is a picture that contains a fact.
#
# Try five before you see the table.

# %%
ask("start.scale")

# %% [markdown]
# We took the article apart into single statements and marked each one. The table is yours to read.

# %%
claims = table("claims")
claims[["id", "paragraph", "type", "checkable", "text"]].head(8)

# %% [markdown]
# **Your turn, in pandas.** How many statements are there of each `type`? Count them, the largest first (`value_counts`).

# %%
types = None  # a Series: how many claims there are of each type

check("start.types", types)

# %% [markdown]
# **And once more:** which share of the statements has "yes" in the column `checkable`? One number between 0 and 1.

# %%
share = None  # a number, for example 0.5

check("start.share", share)

# %% [markdown]
# The answer to your first guess is in the same table: the statements whose `checkable` is "yes". The rest can be checked in part, or not at all.
# That is not a fault of this author; it is what political writing is made of.

# %%
recall("start.checkable")

# %% [markdown]
# ### One claim, tried out
#
# Here is how a *claim desk* works, on a small statement of fact. Paragraph [32] says that the [[Vienna Document]], the agreement by which States
# tell each other about their troops, "has not been updated for ten years". Read it, give your own verdict and how sure you are,
# and only then open the record.

# %%
claim_desk("C087")

# %% [markdown]
# A verdict here is one of a few words. *Supported*, *partly supported*, *contradicted* and *contested* are for matters of fact and law;
# *[[not adjudicated]]* says that no court or organ has decided. *Value judgement* and *prediction* say that the record cannot decide.
# *Not examined* means just that.
#
# Next to each stands how we know: seen, seen in two sources, sources differ, inferred, derived, or **unverified**. What is unverified is shown
# with that mark and decides nothing.

# %%
ask("start.verdicts")

# %% [markdown]
# ### A first repair
#
# Most statements that fail, fail by a little: a word too strong, a date too early, an "only". The course then asks you to *repair* the statement: to write the strongest version that
# survives. It is the most useful thing that you can do with another person's argument.

# %%
ask("start.repair")

# %% [markdown]
# ## 5. Weigh it
#
# Before you go on: what would make you trust this article more, and what less? And the same for this course?

# %%
ask("start.trust")

# %%
ask("start.label")

# %% [markdown]
# One exercise more, and the hardest habit of all: to make the best of a case that is not your own.

# %%
ask("start.best_case")

# %% [markdown]
# ## 6. What you have done

# %%
done("start")

# %%
progress()

# %% [markdown]
# ### Sources of this notebook

# %%
sources("start")
