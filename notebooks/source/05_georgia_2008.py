# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Georgia 2008
#
# **Who did what in August 2008, and what did the institutions do?**

# %% [markdown]
# > **Content note.** This notebook deals with a war of five days: shelling, burned villages, flight, and counts of the dead
# > that do not agree. It shows no pictures of people, and nothing about the dead is scored. You can stop at any point;
# > what you have written is kept (on a borrowed machine until you leave: see the head).

# %%
import course
from course import ask, check, claim_desk, done, head, passage, predict, range_chart, recall
from course import sources, table, timeline

head("georgia")

# %% [markdown]
# ## 1. Predict
#
# In 2009 an inquiry ordered by the European Union reported on this war. The article calls it an "independent confirmation" of facts
# long known [13]. Before you look: what do you expect that report to have found?

# %%
predict("georgia.before")

# %% [markdown]
# ## 2. What the article argues
#
# Georgia is the second of two cases. Paragraph [11] says who attacked whom, [12] what the institutions failed to do and how Russia
# fought, [13] calls a witness, and [14] joins this war to the war over Kosovo: both are signs of "the systemic weakness of the OSCE". Much later, [49] and [50]
# turn on those who tell the story in another way.

# %%
passage(11, 12, 13, 14)

# %% [markdown]
# ### The case at its strongest
#
# 1. Georgia had promised, more than once, not to use force and to settle the conflict in peace [11].
# 2. In August 2008 it shelled a town, and peacekeepers whose presence it had agreed to [11].
# 3. The OSCE had people on the spot. What they saw reached nobody who could stop it in time, for no rule said whom
#    to tell and what must follow [12].
# 4. The council of Russia and NATO did not meet, because some members refused [12].
# 5. Two organisations built for such a day failed on it. That is a defect of design ([12], [14]). A treaty would
#    give the attacked party a hearing [33].

# %% [markdown]
# ### What would make it stronger
#
# The author could have added his own candour of 2008. That November he said that the OSCE had neither mandate nor means to stop a war
# [@geo-civil-lavrov-osce]: a better argument for reform than blame. He could have quoted the OSCE's chairman, who
# told ministers that early warning was given and "was not heeded" [@geo-civil-osce-helsinki]: this helps him on weakness, though not on the claim that nothing was reported. And he could have named the report's finding
# on Georgia's first use of force in its own words, which are plain [@geo-wapo-2009; @geo-euobserver-28747].

# %% [markdown]
# ### Who is speaking
#
# In 2008 the author was foreign minister of one of the two States at war. He spoke for Russia to the press and to the [[General Assembly]] [@geo-lavrov-0812; @s2-lavrov-unga-2008]. In December 2008 he had already set Kosovo beside South Ossetia before the OSCE's ministers [@geo-lavrov-helsinki]:
# the article repeats a case that he had argued for a year and a half.

# %% [markdown]
# ## 3. Look
#
# **Names to keep apart.** *South Ossetia* is a region inside Georgia's recognised borders; its main town is *Tskhinvali*. Most of it had been outside Tbilisi's control since 1992; Russia has recognised it as a State since 26 August 2008 [@geo-recognition]. The *[[Joint Peacekeeping Forces]]* were one battalion each of Russian, Georgian and North
# Ossetian soldiers under Russian command [@geo-osce-conflict]. The *OSCE Mission to Georgia* had unarmed
# monitors there. The *IIFFMCG* is the EU's fact-finding mission, known by the name of its head, Heidi Tagliavini; hence the [[Tagliavini report]].

# %%
ask("georgia.monitors")

# %% [markdown]
# Play with the timeline. Begin in 1992, not in 2008; then look at July. Which events would a Georgian minister begin with,
# and which a Russian one?

# %%
timeline("georgia")

# %% [markdown]
# ### Two cases before the war
#
# **Georgia's case.** By 2002 some seventy per cent of Abkhazia's residents had Russian citizenship [@s2-mt-passports-2002]. In 2008 a Georgian drone was shot down over Abkhazia;
# the UN's mission found that a Russian aircraft did it, which Moscow disputed, and that the flight itself broke the ceasefire terms [@geo-civil-drone]. Russian railway troops came to Abkhazia without Georgia's consent [@geo-reuters-railway], and aircraft flew over South Ossetia in July, as Moscow admitted [@geo-civil-overflight].

# %% [markdown]
# **The South Ossetian and Russian case.** In December 1990, after the region had declared sovereignty, Georgia's parliament abolished its autonomy; war followed until June 1992 [@uca-dadm-38]. Tbilisi closed the Ergneti market in June 2004 [@s2-ergneti-copy]; deadly fire followed in August, and each side blamed the other [@s2-civil-2004-08-12].
# It would not sign the pact of non-use of force that Moscow proposed, and offered another [@s2-civil-nonuse-2008]. It was arming fast, with foreign help [@geo-tagliavini-2009].
#
# Both lists rest on the record. Each leaves out the other.

# %% [markdown]
# ## 4. Test it
#
# ### The night of 7 August
#
# The first days of August brought a roadside bomb, an exchange of fire with several dead, and accusations [@geo-timeline-ref; @geo-osce-0802].
# On the evening of the 7th Georgia's president announced a ceasefire. By the account of a newspaper that cites OSCE reports it was broken at about 22:00;
# the barrage on Tskhinvali came nearly two hours later [@geo-wsj-2008]. Georgia says that it acted at 23:35 against an invasion under way
# [@geo-civil-iiffmcg].

# %% [markdown]
# The EU's mission found that open hostilities began with "a massive Georgian artillery attack", and that a large Russian incursion before it was not sufficiently shown [@geo-civil-iiffmcg]; it noted volunteers, and some Russian forces other than peacekeepers, before 14:30 on the 8th [@geo-mfa-ge-2009].

# %% [markdown]
# ### What was seen that night
#
# Two Georgian peacekeepers were reported killed that afternoon [@geo-civil-aug7]. OSCE monitors in Tskhinvali logged at least 48 rounds in a civilian area within the first hour of the barrage, and could not verify heavy fire on
# Georgian villages that evening [@geo-nyt-2008]; critics answer that only three of them were in town [@geo-melikishvili-2008]. Tbilisi later gave out intercepts of armour in the Roki tunnel; they show no quantity, and an agency could
# not verify them [@s2-civil-roki-2008].

# %%
claim_desk("C044", "C045", "C046")

# %% [markdown]
# ### Two questions that sound like one
#
# *Who began the large-scale fighting?* The report answers: Georgia, and without right. *Who is responsible for the conflict?* The report answers that
# there is "no way to assign overall responsibility for the conflict to one side alone" [@geo-wapo-2009].
#
# Whoever quotes only the first answer, or only the second, has quoted half.

# %% [markdown]
# ### Concept card: necessity and proportion
#
# Force in [[self-defence]] is lawful only while it is *necessary* to stop an attack and *proportionate* to that end, step by step.
# A right to begin is not a right to go on.

# %% [markdown]
# Two special questions arise here. Is an attack on *peacekeepers abroad* an attack on the State that sent them? The report says that Russia could defend them by proportionate means if they were attacked [@s1-nbaliba-2009]; one legal scholar denies it a right to intervene even for that
# [@s1-lott-2012]. And may a State use force to protect its *nationals* abroad, to whom it has only lately given passports? The
# [[Council of Europe]]'s Assembly said that this is no acceptable ground [@geo-pace-1633-excerpts].

# %%
claim_desk("C050")

# %% [markdown]
# Put two texts side by side. On the day of the report, Russia's foreign ministry said that force was used outside South Ossetia only to
# "suppress those positions" from which it was attacked [@geo-interfax-mfa-2009]. The article says much the same in [12].
# So [12] answers the report, and one paragraph later [13] calls the report a confirmation.

# %%
ask("georgia.repair")

# %% [markdown]
# ### The witness
#
# The article thanks the inquiry for giving those who needed it an "independent confirmation" [13]. On the day it came out, three parties read it: the
# inquiry itself, Moscow and Tbilisi. Both ministries said that it bore them out [@geo-mfa-ru-2009; @geo-mfa-ge-2009].

# %%
ask("georgia.report")

# %%
claim_desk("C053")

# %% [markdown]
# ### What the OSCE knew
#
# The article says that what observers knew "about the Georgian leadership’s preparations for the military attack was not reported" to the Permanent Council [12]. Monitors answered to the head of the mission; by its own
# description they reported to the chairmanship "and participating States in Vienna" [@geo-osce-conflict], and Russia is one of those States.
# Three people who were in it tell three stories.

# %%
ask("georgia.witnesses")

# %%
claim_desk("C047", "C048", "C054")

# %% [markdown]
# ### Which rule was missing?
#
# The article says that "clear-cut rules" were lacking [12]. One rule was clear: [[consensus]]. In July 2004 Georgia asked for more monitors and for watch over the
# tunnel road from Russia; Russia thought it unrealistic, and nothing was decided [@geo-civil-2004]. On 19 August 2008
# consensus did decide: up to a hundred monitors [@geo-osce-0819]. In February 2009 it kept the monitors outside South Ossetia until June [@geo-eurodialogue-0212]. In December 2008 Russia alone blocked an extension of the mission, asking for a separate one in South Ossetia [@geo-civil-1222]; in May 2009 it rejected a "status-neutral" compromise that 53 States backed [@geo-standard-0514].

# %% [markdown]
# So the same rule let the OSCE act twice and stopped it three times. The author may mean another rule: who must report what to whom. Would such a rule have changed the outcome?

# %% [markdown]
# **Your turn, in pandas.** Whom would a decision by consensus have needed on 8 August 2008? `course.data.members("OSCE", on="2008-08-08")` gives a list of
# three-letter codes; `"NATO"` and `"CSTO"` (the alliance around Russia) work the same way. Give three numbers in a list: [[participating State|participating States]] of the
# OSCE, how many of them are in NATO, how many in the [[CSTO]].

# %%
osce = course.data.members("OSCE", on="2008-08-08")
numbers = None  # [all, in NATO, in the CSTO]

check("georgia.members", numbers)

# %% [markdown]
# ### A vote that was taken
#
# The UN had a mission too, in Abkhazia. On 15 June 2009 the Security Council voted on keeping it for two more weeks. **Your turn, in pandas:**
# from `unsc_votes`, take the rows of that day and group the States (`iso3`) by their `ballot`: a Series of lists, or a dictionary of lists.

# %%
votes = table("unsc_votes")
ballots = None  # for example: {"yes": ["AUT", …], "no": […], "abstain": […]}

check("georgia.unomig", ballots)

# %% [markdown]
# ### The table in New York
#
# At Russia's request the [[Security Council]] met in the night of 7 to 8 August, and twice more by the 10th. It agreed on no text. Agencies reported that the words "to renounce the use of force" were not acceptable to Georgia, with the United States and Europeans behind it
# [@geo-unsc-5951; @geo-eurotrib-2008]. It would serve the author's case well, and [11] to [14] leave it out. On the 12th France, for the EU, and Russia published six points [@geo-kremlin-0812]; from 1 October the EU's monitors watched, outside the two regions, as Moscow said they would [@geo-eumm; @geo-bbc-7658385].

# %% [markdown]
# ### The council that did not meet
#
# The article says that "some of its members blocked Russia's request" for a meeting of the [[NATO-Russia Council]] "in the midst of the hostilities" [12]. Set the dates
# in order before you judge.

# %%
ask("georgia.nrc")

# %%
claim_desk("C049", "C051")

# %% [markdown]
# ### How many?
#
# Counts of the dead of 2008 moved for months, and some were used as weapons. Officials first spoke of 1,400 to more than 2,000 Ossetian civilians; Russia's own
# investigators listed 133 in August and 162 in December [@geo-hrw-casualties; @geo-bbc-133; @geo-civil-162]. The picture shows who counted, whom and when. It adds nothing up, and you should not
# either: the lists overlap, and some mix soldiers with civilians.

# %%
range_chart("georgia")

# %% [markdown]
# ### Harm on every side
#
# Human Rights Watch reported indiscriminate attacks by Georgian and by Russian forces, and the deliberate destruction of Georgian villages by South Ossetian
# forces [@geo-hrw-upinflames]. The EU's mission rejected the charge of genocide against Georgia, and found [[ethnic cleansing]] of Georgians in South Ossetia
# [@geo-civil-iiffmcg; @geo-asmus-tnr-2009].
#
# Zemsira Tiblova sat three days in a cellar in Tskhinvali with fourteen children [@s2-wapo-tskhinvali-2008]. Nadia Terashvili saw her village
# burned and spent three nights in a forest [@s2-rferl-villages-2008]. The article speaks of civilians attacked on one side [11].

# %% [markdown]
# ### What courts have said, and not said
#
# The [[European Court of Human Rights]] held in 2021 that the five days of fighting lay outside the [[jurisdiction]] it could judge, in cases against Russia and against Georgia
# alike; for the time after, it found Russia responsible for grave abuses [@geo-ecthr-2021; @geo-shavlokhova-2021]. The [[International Court of Justice]] had no jurisdiction
# [@geo-icj-2011]. The International Criminal Court issued warrants in 2022 for three South Ossetian officials, for crimes against Georgian
# civilians [@geo-icc-2022].

# %% [markdown]
# All of this is later than the article. It shows how much stays *[[not adjudicated]]*.

# %% [markdown]
# ### Concept card: aggression and secession
#
# The *Definition of Aggression* of 1974 takes the first use of force as a sign of [[aggression]], and lets the Security Council find otherwise
# [@s2-res3314]. It guides the Council; it binds nobody by itself.

# %% [markdown]
# *Remedial secession* is the idea that a people cruelly shut out of its State may leave it. Canada's Supreme Court found in 1998 that Quebec had no right to leave by its own decision alone [@s2-quebec-1998]. Before the International Court of Justice eleven States spoke for this idea [@s2-meester-2016]; Russia recognised South Ossetia and
# Abkhazia in August 2008 and argued in 2009 against the legality of Kosovo's declaration [@geo-recognition; @s2-icj-russia-2009]. The United States took the opposite side in each case, in the same words of law; Georgia recognised neither [@s2-borgen-2009; @s2-saakashvili-kosovo-2008].

# %%
ask("georgia.nationals")

# %% [markdown]
# ### The other book
#
# Paragraph [49] calls Ronald Asmus's book on the war "myth-based analysis"; [50] says that America's share in the making of Saakashvili is passed over. Reviewers of the
# book were divided too: praised for its research, its central claim held unproven by one of them [@geo-fa-asmus-2010; @geo-burbach-2011].

# %%
passage(49, 50)

# %%
claim_desk("C115", "C116", "C141")

# %%
ask("georgia.best_case")

# %% [markdown]
# ## 5. Weigh it
#
# You have the paragraph at its strongest, the report that it calls as a witness, and the record of what could be decided and what was blocked. Does Georgia
# show what [14] says it shows?

# %%
ask("georgia.judgement")

# %%
recall("georgia.before")

# %% [markdown]
# ## 6. What you have done

# %%
done("georgia")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("georgia")
