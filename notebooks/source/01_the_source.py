# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The source and its argument
#
# **What exactly does he argue, and from what?**

# %%
from course import argument_map, ask, check, claim_desk, done, head, passage, predict, recall
from course import sources, table, text_lens

head("source")

# %% [markdown]
# ## 1. Predict
#
# An argument is like a table: a top, and legs that carry it. Before you take this one apart, guess how it is built.

# %%
predict("source.legs")

# %% [markdown]
# ## 2. What the article argues
#
# The article has eight sections and 67 paragraphs. Its opening is calm: the threats of today cross borders and can be met only together
# ([1]); Russia belongs to Europe and wants no confrontation ([2], [3]). Its close is hopeful: the treaty would make a common space of law, and interests are coming
# together anyway ([64], [67]). Between them stands a hard charge against twenty years of Western policy.
#
# Read the frame first. It tells you how the author wishes to be heard.

# %%
passage(1, 2, 3)

# %% [markdown]
# ### The case at its strongest
#
# 1. The threats of today are shared, so security must be shared too [1].
# 2. It is not shared: arrangements of the last century keep Europe in zones ([5], [7]).
# 3. This is one problem, not many. Treat its signs one by one and they return ([17], [34]).
# 4. The remedy is one rule that all have already accepted, made law ([33], [53]).
# 5. With it done "once and for all" [17], arms, trust and conflicts could be dealt with as common business [64].
#
# The strength lies in step 3. If the troubles of Europe have one root, one treaty may be enough.

# %%
passage(15, 16, 17, 64, 65, 66, 67)

# %% [markdown]
# ### Eight sections in eight lines
#
# **1** [1]–[6]: new threats, a Russia that wants no quarrel, a Europe less secure than before. **2** [7]–[14]: the wrong choice of the
# 1990s and two wars as its price. **3** [15]–[20]: a moment to choose again. **4** [21]–[31]: the OSCE, what ails it, what Russia proposes for it.
#
# **5** [32]–[46]: the treaty, what it is and is not, and answers to its critics. **6** [47]–[56]: NATO, its secrets, its privilege, its refusal of
# equals. **7** [57]–[63]: fear that feeds itself, and formats that work. **8** [64]–[67]: what would follow if all agreed.

# %% [markdown]
# ## 3. Look
#
# ### The words of each section
#
# Some words belong to one section more than to the rest. That is called *[[keyness]]*. Play: choose a section and see which words it leans on; then choose a word and see in which
# paragraphs it stands. Look for "we" and for "partners". Who is in, and who is across the table?

# %%
text_lens()

# %% [markdown]
# The rule behind the picture: a word is *key* in a section if it stands there more often than its share of the whole text would lead us to expect. The measure (log-likelihood)
# is large for words that are both frequent and uneven. It says nothing about what the words mean. "Partners" can be warm or cool; you have to read.

# %% [markdown]
# **Your turn, in pandas.** The table `word_counts` holds how often each word stem stands in each paragraph. How often does the article name NATO (`"nato"`), and how often the
# OSCE (`"osce"`)? Give the two sums in a list.

# %%
counts = table("word_counts")
names = None  # [NATO, OSCE]

check("source.names", names)

# %%
ask("source.paragraphs")

# %% [markdown]
# ### The shape of the argument
#
# Below is our reading of the argument as a map. Boxes are statements, with their paragraph; arrows say what supports what. Statements that the text needs but does not make are marked as
# *[[implicit premise|implicit premises]]*. Nothing objects yet: at the start every box stands, because every argument deserves to be seen whole once.
#
# Play first. Take away one box and watch what falls. Then the rule, then your own try.

# %%
argument_map()

# %% [markdown]
# ### The rule behind the map
#
# A statement stands if at least one line of support stands. A line with several [[premise|premises]] needs all of them. So a conclusion with four lines of its own is hard to fell by pulling at
# one: look how many you must take away before the last one falls.
#
# Mind what this shows. The robustness comes from *our* reading, which lets the lines support the conclusion each on its own. On the stricter reading, where all are needed,
# one loss is enough. The map has a switch for that. Which of the two did the author mean?

# %% [markdown]
# ### Concept card: premise, inference, charity
#
# A *premise* is a statement from which something is to follow. An *inference* is the step. A *conclusion* is where the step leads. You can object to each: the premise is not so; the
# step does not hold; the conclusion follows, but not only that.
#
# *Charity* is a rule of method: choose, among possible readings, the one on which the author argues best. It is not kindness. If you refute a weak reading, the strong one is still there.
#
# An *implicit premise* is what a fair author would grant when asked: "yes, I take that for granted".

# %%
ask("source.premises")

# %%
ask("source.implicit")

# %% [markdown]
# ## 4. Test it: kinds of statement
#
# Only some of the boxes can be tested. Take the opening and the close, sentence by sentence, and say what each is.

# %%
ask("source.kinds")

# %% [markdown]
# **Your turn, in pandas.** In which section are the statements that can be checked fully? From `claims`, keep the rows whose `checkable` is "yes" and count them by `section`,
# in the order of the sections.

# %%
claims = table("claims")
by_section = None  # a Series: section 1, 2, 3 … and how many

check("source.sections", by_section)

# %% [markdown]
# ### Four claims of the frame
#
# Even a calm opening contains statements that can be tested. Here are those of [1] and [2]: that the threats are common and only joint action helps, that the "normalization" of relations between Russia and NATO was
# going on, and that Russia led the answer to the economic crisis among its neighbours.

# %%
claim_desk("C002", "C003", "C005", "C006")

# %%
ask("source.repair")

# %% [markdown]
# ### A promise is not a fact
#
# "We do not need confrontation and we will never opt for it" [3] is half description, half vow. What came later is known to you and was not known in 2010. You can hold a statesman to a vow; a vow may be sincere or not when it is made, but only papers of the time could show it. The course marks such statements as *prediction* and comes back to them in notebook 07, with the dates.

# %%
claim_desk("C008", "C009", "C059", "C137")

# %%
ask("source.root")

# %% [markdown]
# ## 5. Weigh it
#
# You have the shape of the argument: its top, its legs and the floor that it stands on without saying so. Where is it strongest as an argument, whatever the facts? Where does it ask
# you to step over a gap?

# %%
ask("source.judgement")

# %%
recall("source.legs")

# %% [markdown]
# ## 6. What you have done

# %%
done("source")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("source")
