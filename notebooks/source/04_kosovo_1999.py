# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Kosovo 1999
#
# **What does the record show about Račak and the road to war?**

# %% [markdown]
# > **Content note.** This notebook deals with the killing of people in a village, the examination of their bodies,
# > expulsion and bombing. It shows no pictures of them, and nothing about the dead is scored.
# > You can stop at any point; what you have written is kept (on a borrowed machine until you leave: see the head).

# %%
from course import ask, check, claim_desk, done, head, passage, predict, range_chart, recall
from course import sources, table, timeline

head("kosovo")

# %% [markdown]
# ## 1. Predict
#
# Paragraph [10] tells a story in five sentences: a village, an official, a laboratory, a report, a war.
# You will test the story piece by piece. Commit yourself before you look. Nobody marks a prediction;
# it comes back at the end, and then it is yours to think about.

# %%
predict("kosovo.before")

# %% [markdown]
# ## 2. What the article argues
#
# Paragraph [10] does not stand alone. Paragraph [9] says that one principle, the indivisibility of security,
# was "solemnly proclaimed in the 1990s" and never carried out for the whole area; inside NATO, it says, it is law. Paragraph [10] brings Kosovo as the first of two
# cases; [11] and [12] bring Georgia as the second. Paragraph [14] concludes that both show
# "the systemic weakness of the OSCE".
#
# So Kosovo is evidence here, not the subject. Of every statement, ask two things: is it so?
# And what does it carry in the argument?

# %%
passage(9, 10, 14)

# %% [markdown]
# ### The case at its strongest
#
# 1. A promise that no rule protects is not kept on the day when it matters [9].
# 2. In 1999 States of the OSCE area bombed another State of that area. The [[Security Council]] had not
#    allowed it [10].
# 3. The OSCE did not merely look on. Its mission was in the country, and the head of the mission
#    spoke of the dead of Račak in public before anyone had examined them [10].
# 4. No rule of the OSCE could restrain him or shield the State he accused ([10], [12]).
# 5. An organisation that can be used like this is weak by design [14]. What is missing is law,
#    with a procedure [33].

# %% [markdown]
# ### What would make it stronger
#
# Charity means adding what helps. Three things that the author leaves out serve his case.
#
# NATO's threat of force is older than Račak: the orders that could start air strikes were given on 13 October 1998
# [@hrw-2000-bg; @planken]. The [[Rambouillet text]] laid before Belgrade gave NATO's troops free passage "throughout the FRY"
# [@s2-rambouillet-text; @s2-rambouillet-appb]; a man who was then a British minister of state for defence later called the terms as a whole
# "absolutely intolerable" [@s2-gilbert-2001]. And in 2000 a British newspaper reported, mostly from unnamed sources, that
# American intelligence officers had worked inside the OSCE's mission [@s2-sundaytimes-2000].

# %% [markdown]
# Keep these three in mind. They will be answered too.

# %% [markdown]
# ### Who is speaking
#
# In 1999 the author was Russia's Permanent Representative to the United Nations [@cnn-1999-03-26; @un-spv4011].
# He argued Russia's case in the Security Council on 24 and 26 March [@un-sc6657; @un-sc6659].
#
# He knows this history from inside the room. He is also a party to it. Neither makes a sentence true or false.
# Both tell you where to look twice.

# %%
ask("kosovo.kinds")

# %% [markdown]
# ## 3. Look
#
# **Four names to keep apart.** *Račak* (Albanian: Reçak; the article writes Racak) is a village in central Kosovo.
# The *Federal Republic of Yugoslavia* (FRY) was the State: Serbia, with Kosovo in it, and Montenegro. The article says that "Serbia" was bombed; bombs fell on Montenegro too. The State that the article calls an OSCE member had been suspended from the organisation since 1992 [@osce-decisions]. The *[[Kosovo Verification Mission]]* (KVM) was the OSCE's unarmed
# mission, agreed with Belgrade on 16 October 1998, under the threat of air strikes [@osce-kvm-survey; @hina-1998-10-25].
# The *Kosovo Liberation Army* (KLA; Albanian: UÇK) fought for independence.

# %% [markdown]
# Play with the timeline before you read on. Filter by kind and by actor, and open an event to see who reports it.
# Then find two distances: from the first orders for air strikes to Račak, and from Račak to the first bombs.

# %%
timeline("kosovo")

# %% [markdown]
# ## 4. Test it
#
# ### The word
#
# The article says that Walker, "immediately on arrival at Racak", declared what had happened to be "genocide" [10].
# William Walker, an American diplomat, led the KVM. On 16 January 1999, the day after the killings, he went to the village with
# colleagues and reporters. That evening he spoke to the press in Priština; no forensic work had begun
# [@hina-1999-01-16; @taz-walker].
#
# Judge before you read the record. Give your own verdict and say how sure you are; then compare.

# %%
claim_desk("C039")

# %% [markdown]
# Every view in this course stands on a plain table. This is the one behind the timeline, from October 1998 to the end of March 1999. It lets you count: from the
# orders of 13 October to Račak are 94 days, from Račak to the first strikes 68.

# %%
events = table("events")
road = events[events["notebooks"].map(lambda names: "kosovo" in names)]
road = road[road["date"].between("1998-10-01", "1999-03-31")]
road[["date", "kind", "title"]]

# %% [markdown]
# ### What he had before him
#
# A week before, a KLA ambush had cost three policemen their lives [@kvm-special-1999]. On 15 January his verifiers watched armour fire into houses and were kept out; the next day the mission listed 45 dead
# [@kvm-special-1999; @hina-1999-01-16]. Its own report, leaked on 22 January, found detention, killing and mutilation of unarmed civilians, and called the attack revenge for four dead men [@nyt-1999-01-22]. What nobody had yet was a laboratory.

# %% [markdown]
# ### Two words, two meanings in law
#
# Why does the word matter? The reports of those days speak of a massacre and of a crime against humanity; the article has "genocide" [10]. The last two are words of law, and both accuse. But *[[genocide]]* needs the intent to destroy a group as such.
# A *[[crime against humanity]]* is a grave act, such as murder or deportation, within a widespread or systematic attack on civilians.

# %% [markdown]
# In 2001 the Supreme Court of Kosovo, under UN supervision, was reported to draw that line for what Belgrade's forces did in 1999: its aim was
# "forceful departure", not destruction, so it was not genocide [@s2-bbc-kosovo-court-2001]; a prosecutor said that the ruling concerned three villages only [@s2-aim-genocide-2001].

# %% [markdown]
# ### Who did say it, and when?
#
# The table `word_use` holds who used which word of whom, in 1999 and later. **Your turn, in pandas:** keep the rows in which "genocide" is one
# of the `words`, and find the speaker of the earliest one. Look at `precision` first: a date without a day is filled up with 01.

# %%
words = table("word_use")
words[["date", "precision", "speaker", "words", "target"]].head(8)

# %%
first_speaker = None  # a name, as it stands in the column "speaker"

check("kosovo.first_genocide", first_speaker)

# %% [markdown]
# Ministers on both sides used the word within days of the first bombs: a German of Belgrade on a day that was not found, Russia's of NATO on 26 March, a British one of Belgrade by the 29th [@s2-nd-2019; @s2-jamestown-genocide-1999; @s2-cnn-1999-03-29-robertson]. Uses that are found only after the bombing had begun cannot have led to it. The earliest text found so far that puts the word into Walker's mouth is an agency's report of the author, in June 2005 [@ria-2005-06-29].

# %% [markdown]
# ### The laboratory
#
# The article says that Finnish experts, working for the European Union, "confirmed" that the victims were "not civilians
# but members of armed groups" [10].
#
# Three texts are often run together here: what the head of the team said on 17 March 1999, what three team members printed in 2001,
# and what she told a court in 2003. Read them as three.

# %%
ask("kosovo.finns")

# %%
claim_desk("C040")

# %% [markdown]
# ### Do not turn the error round
#
# That the Finns did not call the dead fighters does not mean that they proved a massacre.
#
# Helena Ranta avoided that word in March 1999 and named no perpetrators [@bbc-1999-03-17]. The paper of 2001 leaves the manner of death
# *undetermined*: nobody had secured the scene, and the chain of custody could not be checked [@rainio-2001]. In 2004 she said that signs
# of fighting had not been followed up, and that KLA men had been buried near by [@berliner-2004]. She has spoken of pressure from Walker,
# from Finnish officials and from the Serbian side [@hs-2008b; @insajder-ranta]; Finland's ministry disputed her account [@hs-2008].

# %% [markdown]
# *Undetermined* is not *disproved*, in either direction.

# %% [markdown]
# ### Where the "fighters" come from
#
# Someone did say that the dead were fighters: the Yugoslav pathologists, who worked with Belarusian colleagues. They reported a
# chemical test for powder on the hands as positive in 37 of 40 cases, and the head of their institute told the Tribunal ([[ICTY]]) in 2005 that
# the dead were a KLA defence unit [@sense-2005; @wilcoxson-2005]. The figures are that side's own. The test is criticised for
# false alarms; we read that only at second hand.
#
# The KLA was near: it had a base at the village and had ambushed patrols. Human Rights Watch, from fourteen witnesses,
# says it had withdrawn before the residents were killed [@hrw-1999-01-29].

# %%
ask("kosovo.repair")

# %% [markdown]
# ### The report
#
# The article says that the report lies at the Tribunal in The Hague and that, "despite our repeated requests", even members of the
# Security Council never received it [10]. Keep three papers apart: the full report of June 2000, its published summary, and the
# journal article of 2001.

# %%
claim_desk("C041")

# %% [markdown]
# ### The law: two questions, not one
#
# "Illegal bombings" and "aggression" sound like one charge. They are two. A use of force can break the UN Charter without any
# organ having called it [[aggression]].
#
# Keep a second pair apart. *Jus ad bellum* asks whether force may be used at all. *Jus in bello* asks how it is used, whoever is right.
# The Tribunal's prosecutor looked at NATO's conduct in the air war and opened no investigation; that was the second question,
# not the first [@icty-otp-2000; @icty-otp-report-2000].

# %%
claim_desk("C037", "C139")

# %% [markdown]
# ### The vote of 26 March 1999
#
# Two days into the bombing, Russia, with Belarus and India as co-sponsors, asked the Council to demand an end to the use of force.
# Belarus and India had no seat and no vote [@un-sc6659]. How many of the fifteen said yes?

# %%
ask("kosovo.votes")

# %% [markdown]
# **Your turn, in pandas.** `unsc_votes` has one row for each member and vote. Build a table with one row for each `document`, one column for
# each `ballot`, and the number of members in the cells (`pd.crosstab` helps).

# %%
votes = table("unsc_votes")
votes.head()

# %%
tally = None  # a DataFrame: documents down the side, ballots across

check("kosovo.tally", tally)

# %%
ask("kosovo.vote_means")

# %% [markdown]
# ### Concept card: may one State save another's people by force?
#
# *Humanitarian intervention* is force used inside a State, without its consent, to protect people there. The Charter allows force in
# [[self-defence]] or with a mandate of the Security Council. In 1999 there was no mandate. Britain argued an exceptional measure to prevent an overwhelming humanitarian catastrophe [@un-spv3988; @fac-2000]. Russia replied that only the Council may decide [@un-sc6657].

# %% [markdown]
# Two later texts must not be read back into 1999. A commission proposed the *[[responsibility to protect]]* in 2001
# [@s2-iciss-book]. The world summit of 2005 adopted a narrower form, which keeps the decision with the Council
# [@s2-wso-138; @s2-bellamy-r2p].

# %% [markdown]
# ### Lawyers who were torn
#
# Bruno Simma held that the threat of force of October 1998 already broke the Charter, yet that "only a thin red line" divided it from legality
# [@simma-1999]. Antonio Cassese called the war unlawful and asked whether a new rule might grow from it [@cassese-1999].
# An independent commission found it "illegal but legitimate", and added that it had failed to prevent mass expulsion
# [@iick-kumar; @iick-reliefweb]. The [[International Court of Justice]] never reached the question: in 2004 it found that it had no [[jurisdiction]]
# [@icj-2004; @gray-2005].

# %%
ask("kosovo.legitimate")

# %% [markdown]
# ### The cause
#
# The article makes Walker's acts the trigger ("triggered by self-willed actions") and at the end the cause: his statements
# "led to a war in Europe" [10]. Before you weigh that, set the steps in their order.

# %%
ask("kosovo.order")

# %%
claim_desk("C036", "C038", "C043")

# %% [markdown]
# ### Three days in January
#
# On 19 January the Security Council said in a statement on its behalf that it condemned the "massacre of Kosovo Albanians", asked for an investigation,
# warned the KLA, and gave Walker its "full support" [@un-sc6628]. Two days later the OSCE's Troika rejected his expulsion,
# and Russia's foreign ministry asked Belgrade to let the mission work [@osce-1999-01-21; @rferl-1999-01-21].
#
# What would the author say to this? Perhaps: in January we trusted the mission's report, and learned better from the laboratory.
# What is the best reply, and what is the best answer to that reply?

# %% [markdown]
# ### Two answers to Rambouillet
#
# The author's side: terms that no State could sign, written to be refused. One of Britain's defence ministers of the time says as much
# [@s2-gilbert-2001]. The other side: the same parliamentary committee that heard him found that Belgrade had come in bad faith
# [@s2-hc-def-2000], Germany's foreign ministry called the annex a standard text [@s2-aa-1999], and one study
# rejects the view that the talks were made to fail [@s2-bellamy-2001]. Belgrade accepted most of the political
# part and refused the force under NATO's command [@s2-ackerman-1999].
#
# All of this is missing from [10], which rests the war on one man's words.

# %% [markdown]
# ### What the paragraph leaves out
#
# The author writes that he does not mean "to justify the policy of Slobodan Milosevic" [10]. Quote that with the rest. Then look
# at what there was no room for. The picture gives every count with its range and with the body that counted.
# Never add these figures up: they count different people, in different months.

# %%
range_chart("kosovo")

# %% [markdown]
# ### Each community's year
#
# **Kosovo Albanians.** The Kosovo Memory Book counts 10,812 Albanians among 13,535 people killed or missing in 1998 to 2000, and 2,197 Serbs [@hlc-kmb]. Judges in The Hague held in 2009 that deliberate acts of State forces made at least 700,000 people leave, and that
# witnesses did not name the bombing as their reason [@bt-2009; @nyt-2009-02-28].

# %% [markdown]
# **Serbs and Roma.** In July 1998 the KLA took 43 Serbs in one raid near Orahovac (Albanian: Rahovec) [@s2-orahovac-aim-2001]. Over 164,000 Serbs and Roma had left Kosovo within seven weeks of NATO's arrival in June 1999, about 220,000 by the end of the year, by two counts [@hrw-1999-08; @uscr-1999].
#
# **People under the bombs.** Human Rights Watch counts about 500 civilians killed by the air campaign, more than half of them in
# Kosovo [@hrw-2000; @hrw-2001-ch16].

# %% [markdown]
# ### Five people
#
# Bilall Avdiu was left for dead at Račak; he told a reporter that the few villagers in the KLA had shot back [@s2-rferl-racak-1999].
# Boban Kostić drove the train that was hit on the bridge at Grdelica [@s2-grdelica-pink-2022]. Žanka Stojanović is the mother of one of the sixteen
# killed in the bombed television building in Belgrade; she blames those who kept the staff inside [@s2-rts-birn-2012]. Enver Dugolli lived through NATO's bombs on Dubrava prison and the killing of prisoners by Serbian forces after them [@s2-dubrava-hrw; @s2-dubrava-pi-2020]. Silvana Marinković was still looking for her husband in 2020
# [@s2-missing-pi-2020].

# %% [markdown]
# Each of them knows one thing at first hand. None of them is an argument.

# %% [markdown]
# ### Who has answered for what
#
# The Tribunal convicted five of six Serbian and Yugoslav leaders in February 2009, a year before the article, for crimes mostly of March to June
# 1999 [@afp-2009-02-26]. Račak was not among the sites proved there: the judges had left it out in 2006 to shorten the case, without
# deciding what had happened [@s1-sense-2009; @s1-b92-2006]. Milošević died in 2006 before a judgement [@juscogens-2006].
# Of three KLA men tried together, one camp guard was convicted in 2005 and two were acquitted [@s2-icty-limaj-2005].
#
# "No judgement" is neither "not proven" nor "disproved". It is an empty cell.

# %% [markdown]
# ## 5. Weigh it
#
# You have met the paragraph at its strongest and beside the record. Some of it stands, some of it is disputed among honest people,
# and two of its statements do not agree with any report of the time that we found. What is left of the argument that [9] and [14] build on it?

# %%
ask("kosovo.judgement")

# %% [markdown]
# Here is what you expected at the start.

# %%
recall("kosovo.before")

# %% [markdown]
# ## 6. What you have done

# %%
done("kosovo")

# %% [markdown]
# ### Sources of this notebook

# %%
sources("kosovo")
