<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Blast</name>
    <message numerus="yes">
        <source>refill ≈ %n API call(s)</source>
        <translation>
            <numerusform>refill ≈ %n API call</numerusform>
            <numerusform>refill ≈ %n API calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GraphNode</name>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>of a group</comment>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dependent(s)</source>
        <comment>direct ones</comment>
        <translation>
            <numerusform>%n dependent</numerusform>
            <numerusform>%n dependents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Invalidation</name>
    <message numerus="yes">
        <source>Mark %n key(s) stale</source>
        <translation>
            <numerusform>Mark %n key stale</numerusform>
            <numerusform>Mark %n keys stale</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Invalidate %n key(s)</source>
        <translation>
            <numerusform>Invalidate %n key</numerusform>
            <numerusform>Invalidate %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvalidationTarget</name>
    <message numerus="yes">
        <source>%n named key(s)</source>
        <translation>
            <numerusform>%n named key</numerusform>
            <numerusform>%n named keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::BacklogChip</name>
    <message numerus="yes">
        <source>%n removal(s) not confirmed by a tier, the oldest %1 old. They are repeated by themselves; until then those keys are not read there.</source>
        <translation>
            <numerusform>%n removal not confirmed by a tier, %1 old. It is repeated by itself; until then those keys are not read there.</numerusform>
            <numerusform>%n removals not confirmed by a tier, the oldest %1 old. They are repeated by themselves; until then those keys are not read there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n write(s) on the way to L3, the oldest %1 old. The journal has them.</source>
        <translation>
            <numerusform>%n write on the way to L3, %1 old. The journal has it.</numerusform>
            <numerusform>%n writes on the way to L3, the oldest %1 old. The journal has them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::DependenciesPage</name>
    <message numerus="yes">
        <source>%n key(s) of this group: </source>
        <translation>
            <numerusform>%n key of this group: </numerusform>
            <numerusform>%n keys of this group: </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>in the graph</comment>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>%n dependency</numerusform>
            <numerusform>%n dependencies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>≠ %n loaded before what it was made from</source>
        <translation>
            <numerusform>≠ %n key loaded before what it was made from</numerusform>
            <numerusform>≠ %n keys loaded before what they were made from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cycle(s): keys that depend on themselves by way of others</source>
        <translation>
            <numerusform>%n cycle: keys that depend on themselves by way of others</numerusform>
            <numerusform>%n cycles: keys that depend on themselves by way of others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::DueChooser</name>
    <message numerus="yes">
        <source>Schedule in %n s</source>
        <translation>
            <numerusform>Schedule in %n s</numerusform>
            <numerusform>Schedule in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::EntriesPage</name>
    <message numerus="yes">
        <source>Show %n new key(s)</source>
        <translation>
            <numerusform>Show %n new key</numerusform>
            <numerusform>Show %n new keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::EventsPage</name>
    <message numerus="yes">
        <source>%n event(s) copied as JSON lines</source>
        <translation>
            <numerusform>%n event copied as JSON lines</numerusform>
            <numerusform>%n events copied as JSON lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) written to %1</source>
        <translation>
            <numerusform>%n event written to %1</numerusform>
            <numerusform>%n events written to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::FollowView</name>
    <message numerus="yes">
        <source>↓ %n new event(s)</source>
        <translation>
            <numerusform>↓ %n new event</numerusform>
            <numerusform>↓ %n new events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::InvalidationForm</name>
    <message numerus="yes">
        <source>&amp;Selection of %n key(s)</source>
        <translation>
            <numerusform>&amp;Selection of %n key</numerusform>
            <numerusform>&amp;Selection of %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::InvalidationOrder</name>
    <message numerus="yes">
        <source>Loading all of it again takes up to %n call(s).</source>
        <translation>
            <numerusform>Loading all of it again takes up to %n call.</numerusform>
            <numerusform>Loading all of it again takes up to %n calls.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::MainWindow</name>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::MarkerFilter</name>
    <message numerus="yes">
        <source>Marks (%n hidden)</source>
        <comment>kinds</comment>
        <translation>
            <numerusform>Marks (%n hidden)</numerusform>
            <numerusform>Marks (%n hidden)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::MatchesCard</name>
    <message numerus="yes">
        <source>%n match(es) for “%1”. Enter looks one up.</source>
        <translation>
            <numerusform>%n match for “%1”. Enter looks one up.</numerusform>
            <numerusform>%n matches for “%1”. Enter looks one up.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::PreviewView</name>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>how many would be hit</comment>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::QuoteCard</name>
    <message numerus="yes">
        <source>Delayed by %n minute(s), for information only. Source: %1</source>
        <translation>
            <numerusform>Delayed by %n minute, for information only. Source: %1</numerusform>
            <numerusform>Delayed by %n minutes, for information only. Source: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::StatusLine</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::UndoBar</name>
    <message numerus="yes">
        <source>%1: %n key(s) can be restored</source>
        <comment>target</comment>
        <translation>
            <numerusform>%1: %n key can be restored</numerusform>
            <numerusform>%1: %n keys can be restored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::ValueTreeModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <comment>of a list</comment>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
</TS>
