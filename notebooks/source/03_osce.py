# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The OSCE and indivisible security
#
# **Does the OSCE's weakness explain the failures?**

# %%
from course import ask, check, claim_desk, decision_lab, done, head, passage, predict, recall
from course import sources, table, timeline

head("osce")

# %% [markdown]
# ## 1. Predict
#
# The Organization for Security and Co-operation in Europe had 56 [[participating State|participating States]] in 2010, twice as many as NATO. Each has one vote, and any one of them can stop almost every decision. What
# does that make it?

# %%
predict("osce.rule")

# %% [markdown]
# ## 2. What the article argues
#
# At the centre of the article stands one principle: security is *indivisible*. The safety of each State is tied to the safety of all, and none may strengthen its own "at the expense of the security of others" [9]. It was
# solemnly declared. In NATO, the author says, it is a duty in law; in the OSCE it is words.
#
# Section 4 turns to the organisation itself. It works mostly on human rights, "at the expense of other baskets" [22]; it has no charter; for hard security "there is no genuinely collective organization" in
# Europe with a standing in law [24].

# %%
passage(9, 14, 18, 21, 22, 24)

# %% [markdown]
# ### The case at its strongest
#
# 1. A promise is worth what happens when it is broken. When this one is broken, nothing happens [9].
# 2. An organisation cannot enforce what it has not the standing to enforce. The OSCE has no charter and no agreed [[legal personality]] ([24], [30]).
# 3. It is strong where its stronger members wish it to be, in the affairs of those "east of Vienna" [7], and weak where it might bind them [22].
# 4. To insist that security be discussed only there, while keeping it weak, is to insist that nothing change ([21], [42]).
# 5. So give it a charter, restore the balance, and make the principle law ([22], [30], [33]).

# %% [markdown]
# ### What would make it stronger
#
# He could have quoted more of the [[Charter for European Security]] of 1999 than he does. Its first paragraph wants an area free of dividing lines and of "zones with different levels of security" [@charter-1999-fas]: his own charge in [7] uses the
# Charter's words. And he names in [31], but does not call as a witness here, a panel of eminent persons from East and West: in 2005 it asked itself whether there was an imbalance and too much looking "East of Vienna" [@pep-2005; @bloed-2005b].

# %% [markdown]
# ## 3. Look
#
# ### One principle, many texts
#
# The table holds the documents that speak of [[indivisible security]], or bear on it, from 1949 to 2010: where, in what sense, and with what force. *Political* means that States promised; *legal* means that they are bound by treaty; *draft* is a text never agreed. Read down the column
# `binding`.

# %%
texts = table("indivisibility_texts")
texts[["date", "document", "binding", "gist"]]

# %%
timeline("osce")

# %% [markdown]
# ### Concept card: political and legal commitments
#
# A *legal* commitment, usually a treaty, binds in law: to break it is a wrong, and others may hold you to it. A *political* commitment is a promise among governments: it needs no ratification and binds in honour and interest.
#
# Neither word tells you what will be kept. The treaty on conventional forces was law, and Russia suspended its part in 2007, after NATO's States had not ratified its adapted form [@wiki-acfe]; the [[Vienna Document]] is political, and went on being applied [@sputnik-2007; @vd-osce]. The Charter of 1999 was written for
# summits, not for parliaments; one who took part notes that lawyers did not treat it as a treaty [@lundin-charter].

# %% [markdown]
# **Your turn, in pandas.** Leave out the rows whose `verification` is "unverified"; then count the values of `binding`.

# %%
force = None  # a Series: how many texts of each kind

check("osce.binding", force)

# %% [markdown]
# ### Paragraph 8, read whole
#
# Paragraph 8 of the Charter of 1999 has several steps: an equal right to security; the right to choose or change one's arrangements, alliances included; the right to be neutral; the duty to respect these rights; no strengthening of
# security at the expense of others; and no State or group with a "pre-eminent responsibility" or a "sphere of influence" [@s1-redanalysis-2022].
#
# Who underlines which? Moscow stresses *not at the expense of others*. Western capitals stress *free choice of alliance* [@s1-wotr-2022]. Both stand in one paragraph, and neither may be read as if the other were not there.

# %%
ask("osce.paragraph_eight")

# %%
ask("osce.halves")

# %% [markdown]
# ## 4. Test it
#
# ### The principle
#
# Was it proclaimed, where, and what does it say? The pieces of [9], one by one. Mind the dates: the root is older than "the 1990s", for the [[Helsinki Final Act]] of 1975 already spoke of indivisible security [@osce-approach; @pism-2022].

# %%
claim_desk("C030", "C031", "C032", "C033", "C062")

# %% [markdown]
# ### A duty in NATO, words in the OSCE?
#
# The North Atlantic Treaty binds its members to consult and, after an attack, to help by "such action as it deems necessary" [@nat-1949]. It does not use the word *indivisible* in the articles that we read. So the author is right that those
# inside have a duty in law; it is a duty to help, which is not the same as a duty not to gain at others' expense. In the articles that we read, allies do not promise each other *that*.

# %%
claim_desk("C034", "C035")

# %% [markdown]
# ### Concept card: three ways to be safe together
#
# *Collective defence*: a group promises that an attack from outside on one is an attack on all. It looks outward. NATO and the [[CSTO]] are of this kind.
#
# *Collective security*: all promise to act against whichever of them attacks. It looks inward, at its own members. The UN Charter has this idea [@s2-claude].
#
# *Co-operative security*: all arrange to make attack hard and unlikely, by openness, limits and talk [@s2-carter-1992]. The OSCE is of this kind.
#
# The draft treaty borrows from all three. Keep them apart when you read on.

# %%
ask("osce.three")

# %% [markdown]
# ### Who remembered?
#
# Paragraph [22] says that "no OSCE member state, except Russia" had recalled the comprehensive approach before Russia's initiative. In July 2004 nine CIS States complained in Vienna of a "clear disbalance" [@cis-2004-kremlin; @rferl-2004-07]. The
# United States answered the same day, and it answered with the comprehensive concept: human rights stand at its core [@cox-2004].

# %%
claim_desk("C067", "C068", "C069")

# %% [markdown]
# ### What cannot be tested
#
# "The lion's share of its programs had been implemented in the humanitarian field" [22]. To test this we would need the OSCE's spending by dimension. We looked for it and found no such split, for any year. What the record has: in 2012 field
# operations took about two thirds to three quarters of the money [@osce-budget-2012; @montenegro-osce], and field operations are not the same as the [[human dimension]].
#
# So the course does not guess. It says *[[untestable]] here*, and names the papers that would settle it.

# %% [markdown]
# **Your turn, in pandas.** "East of Vienna" can be tested, in the plain sense of the map. The table `field_operations` has a column `east_of_vienna`. How many operations are there, and how many of
# them lay east of Vienna? Give a list of two numbers.

# %%
operations = table("field_operations")
east = None  # [all, east of Vienna]

check("osce.east", east)

# %% [markdown]
# Is that a bias? Missions go where a host agrees and where there is a conflict or a new State. None was ever hosted by a State that was in NATO or the EU when it opened. One reading: the strong exempted themselves. Another: nobody there asked for
# one. The number decides nothing between the two.

# %%
ask("osce.baskets")

# %% [markdown]
# ### Law, charter, sanctions
#
# The [[Council of Europe]]'s conventions bind their parties; the OSCE's political documents bind nobody in law [23]. There the author is right. Russia's ratification of [[Protocol 14]] in early 2010 was welcomed by all; Russia was the last of 47 States to ratify it, after
# its parliament had refused in 2006 [@coe-p14-2010; @pytkam-2010].
#
# In 2007 a convention on the OSCE's legal personality was near; Russia wanted a charter with it, others wanted the convention first [@usosce-2007; @simonet-lueber-2017].

# %%
passage(23, 25, 26, 27, 28, 29, 30, 31)

# %%
claim_desk("C072", "C073", "C074", "C075", "C076", "C086")

# %%
ask("osce.repair")

# %% [markdown]
# ### One rule, played
#
# Consensus means that no participating State objects. Play it: choose a case, let one State say no, and see. Then try the exceptions that the States gave themselves: *[[consensus minus one]]*, used once, against Yugoslavia in 1992; and the mechanisms by which twelve States can call a meeting, and ten can send experts, without anybody's leave [@osce-decisions; @berlin-artikel33; @s1-osce-2020-11-05].

# %%
decision_lab("georgia-2008")

# %%
ask("osce.blockers")

# %% [markdown]
# ### Who blocked?
#
# From 2003 on the ministers' meetings often ended without a joint declaration. In Maastricht and Sofia (2003, 2004) Russia would not have a reference to its commitments of 1999 on troops in Georgia and Moldova
# [@bloed-2005a]; it called the link to the arms treaty artificial [@sputnik-2007]. In 2005 it held back the budget and tied it to reform [@irishtimes-2005; @rferl-2005-12]. In December 2008 it alone stopped the Mission to Georgia from being extended; it wanted a separate mission in South Ossetia [@GE-45; @geo-civil-1222]. In 2009 the United States opposed a charter [@usosce141]; at the end of 2010 Belarus ended the Office in Minsk [@osce-minsk-76283].

# %% [markdown]
# A rule that lets each stop all has been used by several. "The OSCE failed" is often short for "its States did not agree".

# %%
claim_desk("C015", "C029", "C055")

# %% [markdown]
# ### Corfu
#
# In June 2009 the Greek chairmanship opened a dialogue on all this, the [[Corfu Process]] [@corfu-2009]. The author claims it for the Russian initiative: without it there would have been "no agitation in the OSCE" [20]. The organisation's own account
# says that it began with a proposal, in June 2008, and a crisis, in August 2008 [@osce-corfu-restoring]. Both, then.

# %%
claim_desk("C080", "C082", "C084", "C077")

# %% [markdown]
# ## 5. Weigh it
#
# Return to the question. Weakness can lie in the means, in the rules, or in the will of those who hold both. Which of these does the author name, and which does the record show?

# %%
ask("osce.judgement")

# %%
recall("osce.rule")

# %% [markdown]
# ## 6. What you have done

# %%
done("osce")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("osce")
