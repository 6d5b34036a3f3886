<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Activity</name>
    <message numerus="yes">
        <source>Reading begins; %n file(s) wait.</source>
        <translation>
            <numerusform>Reading begins; %n file wait.</numerusform>
            <numerusform>Reading begins; %n files wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) can be searched</source>
        <translation>
            <numerusform>%Ln document can be searched</numerusform>
            <numerusform>%Ln documents can be searched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln could not be read</source>
        <translation>
            <numerusform>; %Ln could not be read</numerusform>
            <numerusform>; %Ln could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityStrip</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) searchable by words and meaning</source>
        <translation>
            <numerusform>%n document searchable by words and meaning</numerusform>
            <numerusform>%n documents searchable by words and meaning</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} and %n more</numerusform>
            <numerusform>{names} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n readable</source>
        <translation>
            <numerusform>%n readable</numerusform>
            <numerusform>%n readable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped ({rules})</source>
        <translation>
            <numerusform>%n skipped ({rules})</numerusform>
            <numerusform>%n skipped ({rules})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Adding</name>
    <message numerus="yes">
        <source>%n files are too many to add one by one.</source>
        <translation>
            <numerusform>%n files are too many to add one by one.</numerusform>
            <numerusform>%n files are too many to add one by one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteWorkspaceDialog</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s)</source>
        <translation>
            <numerusform>%n source</numerusform>
            <numerusform>%n sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentMenu</name>
    <message numerus="yes">
        <source>Remove %n document(s) from Carrel?</source>
        <translation>
            <numerusform>Remove %n document from Carrel?</numerusform>
            <numerusform>Remove %n documents from Carrel?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExpiryDialog</name>
    <message numerus="yes">
        <source>When do %n document(s) expire?</source>
        <translation>
            <numerusform>When do %n document expire?</numerusform>
            <numerusform>When do %n documents expire?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailedTab</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Golden</name>
    <message numerus="yes">
        <source>%n searches no longer find what they must find.</source>
        <translation>
            <numerusform>%n searches no longer find what they must find.</numerusform>
            <numerusform>%n searches no longer find what they must find.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitDelegate</name>
    <message numerus="yes">
        <source>p. %n</source>
        <translation>
            <numerusform>p. %n</numerusform>
            <numerusform>p. %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitsModel</name>
    <message numerus="yes">
        <source>page %n</source>
        <translation>
            <numerusform>page %n</numerusform>
            <numerusform>page %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message numerus="yes">
        <source>%n document(s): {name}</source>
        <translation>
            <numerusform>%n document: {name}</numerusform>
            <numerusform>%n documents: {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message numerus="yes">
        <source>%n document(s); those that are alike stand together</source>
        <translation>
            <numerusform>%n document; those that are alike stand together</numerusform>
            <numerusform>%n documents; those that are alike stand together</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) not understood yet</source>
        <translation>
            <numerusform>%n document not understood yet</numerusform>
            <numerusform>%n documents not understood yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) chosen</source>
        <translation>
            <numerusform>%n document chosen</numerusform>
            <numerusform>%n documents chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatchesPage</name>
    <message numerus="yes">
        <source>%n document(s) with all of these words: {query}</source>
        <translation>
            <numerusform>%n document with all of these words: {query}</numerusform>
            <numerusform>%n documents with all of these words: {query}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkLabel</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassagesView</name>
    <message numerus="yes">
        <source>p. %n</source>
        <translation>
            <numerusform>p. %n</numerusform>
            <numerusform>p. %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueTab</name>
    <message numerus="yes">
        <source>%n file(s) to read</source>
        <translation>
            <numerusform>%n file to read</numerusform>
            <numerusform>%n files to read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultAccount</name>
    <message numerus="yes">
        <source>%n passage(s) with these words</source>
        <translation>
            <numerusform>%n passage with these words</numerusform>
            <numerusform>%n passages with these words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) with some of these words</source>
        <translation>
            <numerusform>%n passage with some of these words</numerusform>
            <numerusform>%n passages with some of these words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) with these words</source>
        <translation>
            <numerusform>%n document with these words</numerusform>
            <numerusform>%n documents with these words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) with some of these words</source>
        <translation>
            <numerusform>%n document with some of these words</numerusform>
            <numerusform>%n documents with some of these words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n file could not be read</numerusform>
            <numerusform>%n files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not read yet</source>
        <translation>
            <numerusform>%n file are not read yet</numerusform>
            <numerusform>%n files are not read yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) can be searched.</source>
        <translation>
            <numerusform>%n document can be searched.</numerusform>
            <numerusform>%n documents can be searched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SkippedTab</name>
    <message numerus="yes">
        <source>%n file(s) are left out by rules.</source>
        <translation>
            <numerusform>%n file are left out by rules.</numerusform>
            <numerusform>%n files are left out by rules.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceMenu</name>
    <message numerus="yes">
        <source>%n document(s) can't be searched any more. The files themselves are not touched.</source>
        <translation>
            <numerusform>%n document can't be searched any more. The files themselves are not touched.</numerusform>
            <numerusform>%n documents can't be searched any more. The files themselves are not touched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) vanished. Remove them?</source>
        <translation>
            <numerusform>%n file vanished. Remove them?</numerusform>
            <numerusform>%n files vanished. Remove them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesModel</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message numerus="yes">
        <source>Tags of %n document(s)</source>
        <translation>
            <numerusform>Tags of %n document</numerusform>
            <numerusform>Tags of %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message numerus="yes">
        <source>%n in this period</source>
        <translation>
            <numerusform>%n in this period</numerusform>
            <numerusform>%n in this period</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n now</source>
        <translation>
            <numerusform>%n now</numerusform>
            <numerusform>%n now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n search(es)</source>
        <translation>
            <numerusform>%n search(es)</numerusform>
            <numerusform>%n search(es)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VanishedDialog</name>
    <message numerus="yes">
        <source>%n file(s) vanished. Remove them?</source>
        <translation>
            <numerusform>%n file vanished. Remove them?</numerusform>
            <numerusform>%n files vanished. Remove them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Numbered</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the keyword index</source>
        <translation>
            <numerusform>%n entries of the keyword index</numerusform>
            <numerusform>%n entries of the keyword index</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vector(s)</source>
        <translation>
            <numerusform>%n vector</numerusform>
            <numerusform>%n vectors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stored embedding(s)</source>
        <translation>
            <numerusform>%n stored embedding</numerusform>
            <numerusform>%n stored embeddings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) to other computers</source>
        <translation>
            <numerusform>%n connection to other computers</numerusform>
            <numerusform>%n connections to other computers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) within this computer</source>
        <translation>
            <numerusform>%n connection within this computer</numerusform>
            <numerusform>%n connections within this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>counted now in Carrel and %n program(s) that it has started</source>
        <translation>
            <numerusform>counted now in Carrel and %n program that it has started</numerusform>
            <numerusform>counted now in Carrel and %n programs that it has started</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more program(s) could not be looked at</source>
        <translation>
            <numerusform>%n more program could not be looked at</numerusform>
            <numerusform>%n more programs could not be looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of the database</source>
        <translation>
            <numerusform>%n row of the database</numerusform>
            <numerusform>%n rows of the database</numerusform>
        </translation>
    </message>
</context>
</TS>
