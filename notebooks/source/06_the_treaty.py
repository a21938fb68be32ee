# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The treaty proposal
#
# **Would the draft have worked as the article says?**

# %%
import course
from course import ask, check, claim_desk, decision_lab, done, head, passage, predict, recall
from course import sources, treaty_simulator

head("treaty")

# %% [markdown]
# ## 1. Predict
#
# The draft treaty is short. At its heart stands a procedure: whoever feels its security harmed may ask, consult, and call a conference. Imagine it in force in March 1999 and in August 2008.

# %%
predict("treaty.two_wars")

# %% [markdown]
# ## 2. What the article argues
#
# The draft of 2009 "focuses only on one subject", the author says: [[indivisible security]], until now a political promise, becomes law, with a mechanism for a party that "believes that its security is infringed upon" [33]. It fits the UN Charter and
# does away with nothing [36]. It asks nobody for "painful decisions" [38]. It is the shortest way to a common space of law ([35], [38]).
#
# And it respects [[consensus]], as a guarantee against the "arbitrary use" of organisations "for aggressive purposes" [63].

# %%
passage(20, 32, 33, 34, 35, 36, 38, 63)

# %% [markdown]
# ### The case at its strongest
#
# 1. The promise exists; only the law is missing. To refuse the law is to admit that the promise was not meant ([33], [35]).
# 2. A State that feels threatened has today nowhere to go where all sit at one table and can be asked [33].
# 3. The treaty gives it a mechanism [33], and the draft three steps, each stronger: ask, confer, decide [@est-jamestown].
# 4. Organisations may join beside States, so no alliance is broken up ([36], [52]).
# 5. Because decisions need all, nobody can be outvoted, and no organisation can be made a cover for one-sided force [63].
#
# The fifth line will meet the third. Remember both.

# %% [markdown]
# ## 3. Look
#
# ### Play it
#
# The simulator steps through the draft day by day. Choose a case, decide who calls whom, and see the [[quorum]] fill, the votes fall, and who can stop what. Where the draft leaves a blank or is silent, you choose; your choice is shown, with its effect.

# %%
treaty_simulator()

# %% [markdown]
# ### The rule behind it
#
# **Consultations** (Article 5): a Party asks others to sit down with it. **Conference** (Article 6): two thirds of all Parties must attend; decisions by consensus, and binding [@est-jamestown]. **[[Extraordinary Conference]]** (Article 8): after an attack or a threat of one, called at once;
# four fifths must attend [@est-ria].
#
# In that last body, decisions are to be unanimous, and the attacker's vote is not counted. This point, like the days and the number of States that must support a call, we have only *from memory*: every copy that we could open breaks off before it. The simulator marks every such number (*recalled*, or *from secondary reading*), and so should you.

# %% [markdown]
# ### Who may help whom
#
# Article 7 lets every Party treat an attack on another as an attack on itself and help it, by arms too, if the victim agrees, until the [[Security Council]] acts [@est-ria; @est-rt]. It is *entitled*, not obliged. NATO's treaty says "will assist", by such action as each
# deems necessary [@nat-1949].
#
# So the draft permits much and promises little. For a small State outside every alliance, what does that change?

# %%
ask("treaty.entitled")

# %% [markdown]
# ### Concept card: quorum, consensus, unanimity, veto
#
# *Quorum*: how many must be present. Who stays away can break it. *Consensus*: nobody objects; in most bodies silence and abstention do no harm. *Unanimity*: all say yes; whether an abstention counts as a yes, the rule must say. *Veto*: a no that stops
# a decision by itself.
#
# Under consensus every member has a [[veto]], and the word loses its sting and its use. Ask instead: who can stop *what*, at which step, by doing what: voting no, or staying at home?

# %% [markdown]
# **Your turn, in pandas (or plain Python).** Suppose that all 56 [[participating State|participating States]] of May 2010 are Parties. How many must attend the Conference (two thirds), how many the Extraordinary Conference (four fifths)? And how many absent States break each quorum?
# Give four numbers: [quorum 2/3, quorum 4/5, absentees that break the first, the second]. Round a quorum up.

# %%
states = course.data.members("OSCE", on="2010-05-01")
quorums = None  # [quorum 2/3, quorum 4/5, absentees for 2/3, absentees for 4/5]

check("treaty.quorums", quorums)

# %% [markdown]
# **And again.** Two groups: NATO's members and the CSTO's. Could all members of a group, by staying away, break the quorum of two thirds, and that of four fifths? Four values, True or False: NATO two thirds, NATO four fifths, CSTO two thirds,
# CSTO four fifths.

# %%
broken = None  # for example: [True, False, True, False]

check("treaty.groups", broken)

# %% [markdown]
# That was the door. Here is the table: once the quorum is there, *any one* State whose vote counts can block, large or small, and seven stop no more than one. The draft is lopsided at the door and level at the table.

# %% [markdown]
# ## 4. Test it
#
# ### Only one subject?
#
# For the claim: no ceilings, no lists of weapons. Against it: Articles 7 and 8 are a clause on helping each other in war and an emergency body, and Article 2 reaches into the decisions of alliances [@est-rusnedra]. And five days after the draft, a second Russian text, never published by Moscow and known from a leaked American cable, asked NATO for limits on troops in the newer member States [@usnato579; @nassauer-2016].

# %%
claim_desk("C089", "C090", "C091")

# %% [markdown]
# ### Nothing new?
#
# To make the principle "legally binding" [33] sounds like copying a promise into a law book. Which promise? Paragraph 8 of the Charter joins *not at the expense of others* to *free choice of alliances*. The draft takes over the first. On the second, our sources differ in what
# they let us see; in what we could read, it is not there [@charter-1999-notes; @solana-2009; @est-en-copy].

# %% [markdown]
# If it is nowhere there, half a promise was to be made binding, and that is a new promise. The author can reply that the treaty would abrogate no earlier agreement [36] and is meant to accord with the Charter of 1999 [38]: free choice stays where it stands.

# %%
claim_desk("C095", "C096", "C097", "C100", "C101")

# %% [markdown]
# ### Who decides who attacked?
#
# In an Extraordinary Conference the attacker's vote falls away, as the draft is recalled. Then somebody must first say who it is. In 2008 each side named the other. In 1999 one side spoke of an attack on a State, the other of an attack on people inside that State. As far as we know it, the draft names nobody to decide: not the Depositary, not a court, not the Parties. Any answer is an answer
# that *you* bring.
#
# In the simulator, change only this one setting: victim's word, Depositary, vote of the others, a finding of the Security Council. Watch the outcome change while the facts stay.

# %%
decision_lab("kosovo-1999")

# %%
ask("treaty.attacker")

# %% [markdown]
# ### The two wars, through every body
#
# In March 1999 the State attacked, the FRY, was suspended from the OSCE. The draft is open to every State of the area, so the simulator lets it be a Party; that is an assumption. In August 2008 each of two Parties would have called the other the attacker, and each had a friend with a vote. Run both
# through the Conference, the Security Council, the OSCE and NATO. Note for each what was *recorded* and what is only *assumed*.

# %%
decision_lab("georgia-2008")

# %%
ask("treaty.rungs")

# %% [markdown]
# ### Bodies that one State can stop did decide
#
# Do not conclude that a body which one State can stop never acts. On 10 June 1999 the Security Council adopted resolution 1244 by fourteen votes with one abstention [@un-sc6686]. On 19 August 2008 the OSCE's States agreed on monitors [@geo-osce-0819]. Both decisions came when the fighting was over or ending. The first sent a civil and an armed presence, under Chapter VII; the second sent monitors.
#
# A rule should be judged by the rung of the ladder that it reaches: meet, share facts, appeal, send monitors, censure, act together.

# %% [markdown]
# ### Consensus as guarantee
#
# Paragraph [63] calls consensus a guarantee; [12] blames an organisation of consensus for being loose; the draft takes one vote away. All three can be right in their place, but not all at once of the same body.

# %%
passage(37, 39, 40, 42, 43, 52, 53)

# %%
claim_desk("C131", "C107")

# %%
ask("treaty.consensus")

# %% [markdown]
# ### Draft your own Article 8
#
# Your turn to write law. In the simulator, set the quorum, the rule of decision, who names the attacker and whether its vote counts. Then test your clause on both wars and on two invented cases. A good clause can act where it should; a safe one cannot be turned against a State that did nothing.
#
# See whether you can have more of one without less of the other. Most changes have a price; find out which has none here, and why.

# %%
treaty_simulator("georgia-2008")

# %%
ask("treaty.redraft")

# %% [markdown]
# ### The Charter, hierarchy, and a date
#
# "There should be no hierarchy among organizations", the article says of the Charter of 1999 [52]. The sentence there, which we have from memory and could not read, is softer: the States *do not intend to create* one. The stronger rule, against a "pre-eminent
# responsibility" of anybody, stands in paragraph 8 [@s1-redanalysis-2022]. And the [[Vienna Document]] had indeed waited ten years [32].

# %%
claim_desk("C087", "C088", "C119")

# %%
ask("treaty.repair")

# %%
ask("treaty.parties")

# %% [markdown]
# ## 5. Weigh it
#
# Would the draft have worked *as the article says*? Keep apart what it would have changed on paper, at the table, and on the ground.

# %%
ask("treaty.judgement")

# %%
recall("treaty.two_wars")

# %% [markdown]
# ## 6. What you have done

# %%
done("treaty")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("treaty")
