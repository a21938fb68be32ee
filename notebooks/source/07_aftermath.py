# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Answers and aftermath
#
# **How was it answered, and how does it read now?**

# %%
from course import argument_map, ask, check, claim_desk, done, head, passage, predict, recall
from course import sources, table, timeline

head("aftermath")

# %% [markdown]
# ## 1. Predict
#
# "So far, no one has undertaken to convince us that this is not so" [41]. Had nobody answered by the spring of 2010? And what became of the idea?

# %%
predict("aftermath.answers")

# %% [markdown]
# ## 2. What the article argues
#
# The author answers his critics before they speak. It is no return to "spheres of influence" [41]; it is a contradiction to call the old institutions outdated and to work only through them [42]; the idea of the League was right and its form was wrong [43]. Experts have joined in
# gladly [46]. New formats such as the G20 show that privilege can yield [60]; September 2001 showed how much solidarity there was outside the old alliances [61].
#
# And he is ready to talk: "We are open to any concrete proposal" [44].

# %%
passage(41, 44, 45, 46, 48)

# %% [markdown]
# ### The case at its strongest
#
# 1. The offer was made in the open, with a text, and sent to all [44].
# 2. It was answered with a place to discuss it, not with an argument ([21], [41]).
# 3. Whoever says that new threats need new ways, and keeps to the old ones, owes a reason [42].
# 4. Where it was wished, new formats rose within weeks [60]. So it can be done.
# 5. If nothing is changed, things will get worse [39].
#
# The fifth line is a forecast. You know what the author did not: what came. Take care with that advantage.

# %% [markdown]
# ## 3. Look
#
# ### Who said what
#
# The table holds answers to the proposal that we found, with their date, speaker and stance. Look at how they change with time, with country, and with government.

# %%
responses = table("responses")
responses[["date", "speaker", "states", "stance", "gist"]].head(10)

# %% [markdown]
# **Your turn, in pandas.** How many answers of each `stance` came *before* 1 May 2010, when the article appeared? Give a Series of counts.

# %%
before = None  # a Series: stance and number

check("aftermath.stances", before)

# %%
timeline("aftermath")

# %% [markdown]
# ## 4. Test it
#
# ### Nobody tried to convince us?
#
# Read the sentence with charity. It does not say that nobody objected; it says that nobody "has undertaken to convince us" [41]. All the same: NATO's Secretary General had told Moscow in December 2009 that he saw no need for new treaties [@reuters-rasmussen]. A British think tank had published a full critique of the idea in July 2009, before there was a text [@lo-2009], a Russian author his, an American institute doubts about one more binding document [@fedorov-2009; @carnegie-2009], and the American Secretary of State gave reasons in January [@clinton-factsheet].

# %% [markdown]
# "We were not persuaded" would have been true. Is it what he says?

# %%
claim_desk("C105", "C140", "C104")

# %%
ask("aftermath.answers_match")

# %% [markdown]
# ### Not "the West"
#
# "The West rejected it" is too short. NATO's head and the United States saw no need for a treaty [@reuters-rasmussen; @clinton-factsheet]. Poland saw no need to rebuild what stood [@sikorski-2008]. France had taken up the idea, Germany wanted to talk, the EU's twenty-seven agreed that the place was the OSCE [@euobs-evian; @b2-psc-2010]. The members of the
# [[CSTO]] supported it; so did Ukraine under President Yanukovych, who asked for guarantees for States outside blocs [@oreanda-2009; @ukr-2010-05; @yanukovych-osce].

# %%
claim_desk("C064", "C065", "C066", "C108", "C109", "C110", "C111")

# %%
passage(59, 60, 61, 62)

# %% [markdown]
# ### Formats that work
#
# "This process has already brought about legally binding accords" [60]: the article means quotas in the World Bank and the International Monetary Fund. Here dates decide. The Fund's Board was still without result on 7 October 2010; its governors voted on 15 December 2010; the
# reform came into force in 2016 [@imf-2010-10; @imf-pubs; @imf-un]. The reform of April 2008 is older than the first G20 summit. For the World Bank the claim does better: on 25 April 2010 its members agreed to shift 3.13 points of the votes, as the G20 had promised [@iisd-2010-04; @xinhua-2010-04-26]. The steps that made it law we did not read.

# %%
claim_desk("C128")

# %%
ask("aftermath.repair")

# %% [markdown]
# ### A global network
#
# The author says that his proposal agrees with an idea of NATO's own leadership, a network for security in the whole world [62]. Rasmussen did propose NATO as a place to consult on it; he did not endorse the treaty [@rasmussen-munich-cz]. To quote an opponent for one's case is an old
# and fair device. How far may one stretch him?

# %%
claim_desk("C098", "C099", "C102", "C106", "C114", "C129", "C130", "C135")

# %% [markdown]
# ## After 2010
#
# ### Concept card: hindsight
#
# What happened later seems to have been bound to happen. It was not, to those who were there. Use later events to *test ideas*, not to *judge persons* for what they could not know. Three questions help. Could it be known then? Does the event show what it is used to show,
# or only come after it? What would have had to happen for me to draw the opposite conclusion?

# %% [markdown]
# ### Two columns
#
# **Fits his diagnosis.** The treaty on intermediate-range missiles ended in 2019, the United States leaving; Washington names a Russian breach, Moscow denies it [@inf-2019]. The United States left Open Skies in 2020, Russia in 2021 [@openskies-us; @openskies-ru]. In Libya in 2011 a mandate that Russia had let pass by abstaining was used, Russia held, beyond its terms [@s2-libya-1973; @s2-libya-lavrov]. Russia left the treaty on conventional forces in 2023, and NATO's States suspended it [@cfe-2023]. Little of Europe's arms control is left, and both sides took part in that.

# %% [markdown]
# **Does not fit his assurances.** Russia annexed Crimea in 2014; the [[General Assembly]] called on States not to recognise it, by 100 votes to 11 with 58 abstaining [@unga-68-262]. On 24 February 2022 it began a full-scale invasion of Ukraine; the Assembly demanded its withdrawal, 141 to 5 with 35 abstaining
# [@mm-2022; @unga-es11-1]. Russia speaks in the first case of a reunion that a referendum chose, and in the second of protecting people from genocide [@putin-2014-03-18; @s2-icj-2022-p10]. "We do not need confrontation and we will never opt for it" [3]. "Whatever the developments, we never slammed the door" [37].

# %% [markdown]
# **Your turn, in pandas.** `un_documents` has the tallies. Of the States that voted yes or no, which share voted yes in 2014 ("A/RES/68/262") and in 2022 ("A/RES/ES-11/1")? Two numbers between 0 and 1, in a list.

# %%
un = table("un_documents")
shares = None  # [2014, 2022]

check("aftermath.assembly", shares)

# %% [markdown]
# ### What neither column shows
#
# That arms control decayed does not show that a treaty would have saved it. That Russia used force does not show that the diagnosis of 2010 was insincere or false. That a forecast came true does not show that its reason was right: things can get worse for the cause you named, for another, or because of you.
#
# Nothing here tests the draft. It was never negotiated.

# %%
ask("aftermath.columns")

# %% [markdown]
# ### Commitments on paper
#
# In 1994, in Budapest, when Ukraine gave up nuclear arms, Russia, Britain and America promised to respect Ukraine's borders and to use no force against it [@s2-budapest-memo]. The package of Minsk was endorsed by the [[Security Council]] in 2015 [@s2-minsk-2202]; violations went on. In March 2022 the [[International Court of Justice]] ordered
# Russia to suspend its operations, by thirteen to two [@s2-icj-2022-fp]. An order of the Court is law.

# %% [markdown]
# Hold this against the claim that law would have held where promises failed: the first gave assurances, with the Council named only for a nuclear threat; behind the second stood the Council, behind the third a court.

# %%
ask("aftermath.force")

# %% [markdown]
# ### The drafts of 2021
#
# In December 2021 Russia published two drafts, for NATO and for the United States. The first begins with equal and [[indivisible security]] and then asks for much more: no further enlargement, Ukraine named, and no forces or weapons in the States that joined after May 1997 [@draft-nato-2021; @draft-2021-pifer]. Lavrov's letter of
# January 2022 asked each State how it understood the principle; NATO and the EU answered together, and he called that unsatisfactory [@lavrov-letter-2022; @borrell-2022; @interfax-2022].

# %%
ask("aftermath.drafts")

# %% [markdown]
# ### What the OSCE could still do
#
# On 3 March 2022 forty-five [[participating State|participating States]] set the [[Moscow mechanism]] in motion: a mission of experts that needs no [[consensus]] [@mm-2022]. It could report. It could decide nothing. Russia gave notice to the Council of Europe on 15 March; on 16 March it ceased to be a member of the [[Council of Europe]] [@coe-2022], whose conventions the article had praised [23].

# %%
ask("aftermath.order")

# %% [markdown]
# ### The argument, once more
#
# Take the map of the argument again, with what you know. Reject what you think the record has refuted, and only that. Raise the objections that convince you, then let the author's side reply. What still stands?

# %%
argument_map()

# %%
ask("aftermath.best_case")

# %% [markdown]
# ## 5. Weigh it
#
# One text, two readers: one of May 2010 and one of today. What may the second say that the first could not, and what must the second not say?

# %%
ask("aftermath.judgement")

# %%
recall("aftermath.answers")

# %% [markdown]
# ## 6. What you have done

# %%
done("aftermath")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("aftermath")
