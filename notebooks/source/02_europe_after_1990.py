# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Europe after 1990: NATO, hierarchy, hedging
#
# **Was a chance missed, and has security declined?**

# %%
import course
from course import ask, check, claim_desk, done, head, indicators, membership_map, passage
from course import predict, recall, sources, table, timeline

head("europe")

# %% [markdown]
# ## 1. Predict
#
# "European security has declined in all respects over the last 20 years" [6]. Three small words, *in all respects*, make this a strong statement. Guess what the numbers
# will say.

# %%
predict("europe.decline")

# %% [markdown]
# ## 2. What the article argues
#
# When the Soviet Union and the Warsaw Pact ended, there was "a real chance" to make the OSCE a full organisation of security for all [7]. The choice fell on NATO's enlargement
# instead. With "good intentions" [7], the author grants, but with a lasting flaw: Europe stayed divided into zones of more and less security, and the line between them moved east.
#
# Later he turns to the present. NATO keeps its secrets and its privilege though nobody is an enemy any longer [47]; it will not work with others as equals ([54], [56]); and since others
# insure themselves against Russia, Russia must insure itself too [57].

# %%
passage(4, 5, 6, 7, 8, 19)

# %% [markdown]
# ### The case at its strongest
#
# 1. Security guaranteed to some and not to their neighbours makes two kinds of States ([7], [47]).
# 2. In the 1990s there was an organisation that had all of them in it. It got no law, no means and no priority ([7], [8]).
# 3. The alliance of some grew instead, up to the borders of those who stayed out [7].
# 4. Those left out had to insure themselves, which alarmed the insured: "a self-fulfilling prophecy" [57].
# 5. So, without anybody's ill will, all ended with less security than they could have had ([6], [7], [39]).
#
# Note the fifth line. The argument does not need a villain.

# %% [markdown]
# ### What he does not say
#
# In many debates on this period somebody says that NATO broke a promise of 1990. The article does not. Whether assurances were given, what they covered (Germany, or more) and what they bound are three
# questions, on which scholars differ: one calls the pledge a myth, another finds an offer, an archive finds a "cascade" of assurances on paper [@kramer-2009; @shifrinson-2016; @nsarchive-2017]. Gorbachev himself
# answered in different ways [@palazhchenko; @controversy-wiki].
#
# Do not put into an author's mouth what he left out, even if others of his side say it often.

# %% [markdown]
# ## 3. Look
#
# ### Who was in what, and when
#
# Choose a date, choose the organisations, and move through the years. The colours show who was *bound to mutual defence* with whom, who was in the OSCE alone, and who was in the groups around Russia. Stop at
# 1991, 1999, 2004 and 2009.

# %%
membership_map()

# %% [markdown]
# The rule behind the map is a table of memberships with their first and last day. A promise of mutual defence is not the same as safety, and being outside is not the same as danger. The map shows obligations. What they are
# worth, no map shows.

# %% [markdown]
# **Your turn, in pandas.** How many States had each organisation on 1 January 1990 and on 1 May 2010? Make a list of four numbers: NATO then, NATO later, CSCE/OSCE then, OSCE later.
# `course.data.members("NATO", on="1990-01-01")` gives a list.

# %%
nato_1990 = course.data.members("NATO", on="1990-01-01")
sizes = None  # [NATO 1990, NATO 2010, OSCE 1990, OSCE 2010]

check("europe.sizes", sizes)

# %% [markdown]
# ### Who asked for what?
#
# The article speaks of a choice that "our partners" made [8]. Others had a choice too. Czechoslovakia, Hungary and Poland named membership of NATO as their aim in May 1992 [@cvce-natoenl]. In 1994 Russia's
# foreign minister argued that the CSCE, not NATO, should make Europe secure; NATO's officials answered that the core task must stay with the alliance [@moscowtimes-1994].
#
# In Washington, George Kennan called enlargement the most "fateful error" of American policy since the Cold War [@kennan-1997]. NATO's own study held that it could add stability and draw no new
# lines [@enl-study].

# %%
timeline("europe")

# %% [markdown]
# ## 4. Test it
#
# ### The chance
#
# Could the OSCE have become the body for all? It is a question about a Europe that did not happen. You cannot prove it, but you can make it more or less likely: by who wanted it, who would have paid, and whether the rule
# of [[consensus]] could have carried it. A scholar wrote already in 1992 that the CSCE had been rebuilt for a Europe "more mythical than real" [@ghebali-1992].

# %%
claim_desk("C019", "C020", "C021", "C022", "C024", "C028")

# %%
ask("europe.counterfactual")

# %% [markdown]
# ### The decline
#
# Now the numbers. Choose a measure, and choose where the window begins and ends. Play first: can you make one and the same Europe look better and worse? Try deaths in war from 1990 to 2010, and then from 1992
# to 2010.

# %%
indicators()

# %% [markdown]
# The choice of the first year can decide the answer. For deaths in war the two ends are nearly equal and the middle is terrible; who begins in 1992 sees a fall, who begins in 1990 sees none. Warheads fell by any window from 1986; for tanks there are two dates only. Of five treaties that we chose, one was applied in 1990, four from 2002 to 2006 and two in 2010. Add the treaty on missile defences, which the United States left in 2002, and both ends have two [@aca-abm; @abm-pnnd]: the choice of the list decides too.
#
# None of these curves *is* security. Each is a witness to one respect of it.

# %%
ask("europe.warheads")

# %% [markdown]
# **Your turn, in pandas.** `warheads` holds the stockpiles of the United States (`USA`), the Soviet Union (`SUN`, to 1991) and Russia (`RUS`, after). Add up the `stockpile` of each `year`, so that you get one number for each year.

# %%
warheads = table("warheads")
yearly = None  # a Series: the year and the sum of the two stockpiles

check("europe.stockpiles", yearly)

# %%
claim_desk("C013", "C014", "C016", "C017")

# %%
ask("europe.repair")

# %% [markdown]
# ### Concept card: the security dilemma
#
# Two neighbours who want nothing but safety can end as enemies. Each arms against the chance that the other might attack; each sees the other arm. John Herz described this in 1950 as a "vicious circle of security and
# power accumulation" [@s2-herz-1950]. Robert Jervis asked when it eases: when defence is easier than attack, and when one can tell the weapons of defence from those of attack [@s2-jervis-1978].
#
# Paragraph [57] is the dilemma in one line, seen from one side. Turn it round: what did Warsaw or Tallinn insure itself against?

# %%
ask("europe.dilemma")

# %% [markdown]
# ### Enemies, secrets, equals
#
# Paragraph [47] asks what NATO's secrecy is for, if nobody is an enemy. [54] says that NATO refuses to work with the [[CSTO]] because it will not meet it as an equal. Here the record has papers of both sides: the offers, the silence,
# and the doubts about what the other body was [@csto-2007; @moscow624; @csto-2010]. It also has work that NATO and Russia did together on Afghanistan, in their own council [@nrc-2007].

# %%
passage(47, 51, 54, 55, 56, 57, 58)

# %%
claim_desk("C112", "C117", "C118", "C142", "C121", "C123", "C125", "C126")

# %% [markdown]
# A small lesson in dates. The article gives a conference in Munich and its day: "February 6, 2010" [51]. A press report of the time puts the same speech on the closing day, which was the 7th [@T45]. The sources differ by a day; nothing depends on it,
# and the course shows both. What the Secretary General said is borne out in substance by two other sources [@rasmussen-munich-cz; @rasmussen-warsaw].

# %% [markdown]
# ### The crisis that does not fit
#
# Paragraph [7] names Iraq between Kosovo and Georgia; [4] blames the quarrel over it for the demand for confrontation. For the worry about force without the Council it fits: in March 2003 Russia, Germany and France said that they would let no text for force pass
# [@s2-iraq-2003-03-05], and the Secretary-General later called the war illegal under the Charter, which the coalition's governments rejected [@s2-annan-2004].
#
# For a Europe divided into East and West it does not: the split ran through NATO and the EU, and Russia stood with Berlin and Paris [@s2-iraq-s2003-320]. An example can support one half of a thesis and weaken the other.

# %%
claim_desk("C011", "C025", "C026", "C063", "C122")

# %%
ask("europe.hierarchy")

# %% [markdown]
# ## 5. Weigh it
#
# A chance that may have been missed, a decline that is not one in all respects, a circle of fear that needs no villain. What remains of [6] to [8], and what would you put in place of "in all respects"?

# %%
ask("europe.judgement")

# %%
recall("europe.decline")

# %% [markdown]
# ## 6. What you have done

# %%
done("europe")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("europe")
