<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
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
