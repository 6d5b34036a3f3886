<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AboutPage</name>
    <message>
        <source>Check the workspace</source>
        <translation>Arbeitsbereich prüfen</translation>
    </message>
    <message>
        <source>Looks whether its files are whole and agree with each other.</source>
        <translation>Prüft, ob seine Dateien unversehrt sind und zueinander passen.</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Programmbibliotheken</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Programmbibliothek</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Check “{name}”</source>
        <translation>„{name}“ prüfen</translation>
    </message>
    <message>
        <source>Network: {account}</source>
        <translation>Netz: {account}</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Not compared, too much was being written: {part}</source>
        <translation>Nicht verglichen, weil zu viel geschrieben wurde: {part}</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Go to the search box</source>
        <translation>Zum Suchfeld</translation>
    </message>
    <message>
        <source>Narrow the search…</source>
        <translation>Suche filtern…</translation>
    </message>
    <message>
        <source>Keep this search…</source>
        <translation>Diese Suche speichern…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Add what is in the clipboard</source>
        <translation>Inhalt der Zwischenablage hinzufügen</translation>
    </message>
    <message>
        <source>Look at all sources again</source>
        <translation>Alle Quellen erneut prüfen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Golden queries</source>
        <translation>Prüfsuchen</translation>
    </message>
    <message>
        <source>Side pane</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Preview pane</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Next place in the document</source>
        <translation>Nächste Fundstelle im Dokument</translation>
    </message>
    <message>
        <source>Previous place in the document</source>
        <translation>Vorherige Fundstelle im Dokument</translation>
    </message>
    <message>
        <source>Next result</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Previous result</source>
        <translation>Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Open at this page</source>
        <translation>Auf dieser Seite öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy with citation</source>
        <translation>Mit Quellenangabe kopieren</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Workspace {place}</source>
        <translation>Arbeitsbereich {place}</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message numerus="yes">
        <source>Reading begins; %n file(s) wait.</source>
        <translation>
            <numerusform>Das Lesen beginnt; %n Datei wartet.</numerusform>
            <numerusform>Das Lesen beginnt; %n Dateien warten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) can be searched</source>
        <translation>
            <numerusform>%Ln Dokument kann durchsucht werden</numerusform>
            <numerusform>%Ln Dokumente können durchsucht werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln could not be read</source>
        <translation>
            <numerusform>; %Ln konnte nicht gelesen werden</numerusform>
            <numerusform>; %Ln konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>ActivityDock</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the activity dock</source>
        <translation>Aktivität schließen</translation>
    </message>
</context>
<context>
    <name>ActivityStrip</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume reading</source>
        <translation>Lesen fortsetzen</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>Lesen anhalten</translation>
    </message>
    <message>
        <source>Paused: the disk is nearly full. Free {size}.</source>
        <translation>Angehalten: Der Datenträger ist fast voll. Bitte {size} freigeben.</translation>
    </message>
    <message>
        <source>Paused; files wait</source>
        <translation>Angehalten; Dateien warten</translation>
    </message>
    <message>
        <source>Paused; changes are not read</source>
        <translation>Angehalten; Änderungen werden nicht gelesen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) searchable by words and meaning</source>
        <translation>
            <numerusform>%n Dokument nach Wörtern und Bedeutung durchsuchbar</numerusform>
            <numerusform>%n Dokumente nach Wörtern und Bedeutung durchsuchbar</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} read</source>
        <translation>{done} von {total} gelesen</translation>
    </message>
    <message>
        <source>words {share} %</source>
        <translation>Wörter {share} %</translation>
    </message>
    <message>
        <source>meaning {share} %</source>
        <translation>Bedeutung {share} %</translation>
    </message>
    <message>
        <source>about {span}</source>
        <translation>noch etwa {span}</translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>to “{workspace}”</source>
        <translation>zu „{workspace}“</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>Zählen</translation>
    </message>
    <message>
        <source>Watch for changes: what is new, changed or gone is followed</source>
        <translation>Überwachen: Neues, Geändertes und Gelöschtes wird nachgeführt</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} und %n weiteres Element</numerusform>
            <numerusform>{names} und %n weitere Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>Add {names}</source>
        <translation>{names} hinzufügen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message numerus="yes">
        <source>%n readable</source>
        <translation>
            <numerusform>%n lesbare Datei</numerusform>
            <numerusform>%n lesbare Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>about {span}</source>
        <translation>etwa {span}</translation>
    </message>
    <message>
        <source>Nothing here that Carrel can read.</source>
        <translation>Hier ist nichts, was Carrel lesen kann.</translation>
    </message>
    <message numerus="yes">
        <source>%n skipped ({rules})</source>
        <translation>
            <numerusform>%n übersprungen ({rules})</numerusform>
            <numerusform>%n übersprungen ({rules})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddTextDialog</name>
    <message>
        <source>Add a text</source>
        <translation>Text hinzufügen</translation>
    </message>
    <message>
        <source>Add this text to “{workspace}”</source>
        <translation>Diesen Text zu „{workspace}“ hinzufügen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} Zeichen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>Adding</name>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>There is neither a file nor text to add.</source>
        <translation>Es gibt weder eine Datei noch Text zum Hinzufügen.</translation>
    </message>
    <message>
        <source>Copy files in your file manager, or text in any program, and paste again.</source>
        <translation>Kopieren Sie Dateien im Dateimanager oder Text in einem beliebigen Programm, und fügen Sie erneut ein.</translation>
    </message>
    <message numerus="yes">
        <source>%n files are too many to add one by one.</source>
        <translation>
            <numerusform>%n Datei ist zu viel, um einzeln hinzugefügt zu werden.</numerusform>
            <numerusform>%n Dateien sind zu viele, um einzeln hinzugefügt zu werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add the folder that they are in instead.</source>
        <translation>Fügen Sie stattdessen den Ordner hinzu, in dem sie liegen.</translation>
    </message>
    <message>
        <source>Add the folder that they are in instead:</source>
        <translation>Fügen Sie stattdessen den Ordner hinzu, in dem sie liegen:</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>As many as there is room for</source>
        <translation>So viele, wie Platz haben</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Texts, indices, backups and settings stand here, and nowhere else. Your own files are never changed.</source>
        <translation>Texte, Indizes, Sicherungen und Einstellungen liegen hier und nirgends sonst. Ihre eigenen Dateien werden nie verändert.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>{size} are stored there.</source>
        <translation>{size} sind dort gespeichert.</translation>
    </message>
</context>
<context>
    <name>DeleteWorkspaceDialog</name>
    <message>
        <source>Delete “{name}”</source>
        <translation>„{name}“ löschen</translation>
    </message>
    <message>
        <source>Delete the workspace “{name}”?</source>
        <translation>Den Arbeitsbereich „{name}“ löschen?</translation>
    </message>
    <message>
        <source>Counting what is in it…</source>
        <translation>Inhalt wird gezählt…</translation>
    </message>
    <message>
        <source>The files on your disk stay where they are. What is deleted here can&apos;t be brought back.</source>
        <translation>Die Dateien auf Ihrem Datenträger bleiben, wo sie sind. Was hier gelöscht wird, lässt sich nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>Type the name of the workspace to confirm:</source>
        <translation>Geben Sie zur Bestätigung den Namen des Arbeitsbereichs ein:</translation>
    </message>
    <message>
        <source>Name of the workspace</source>
        <translation>Name des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n Textstelle</numerusform>
            <numerusform>%n Textstellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s)</source>
        <translation>
            <numerusform>%n Quelle</numerusform>
            <numerusform>%n Quellen</numerusform>
        </translation>
    </message>
    <message>
        <source>This deletes from Carrel: {parts}, its saved searches, history and backups.</source>
        <translation>Aus Carrel gelöscht werden: {parts} sowie die gespeicherten Suchen, der Verlauf und die Sicherungen des Arbeitsbereichs.</translation>
    </message>
    <message>
        <source>“{name}” was deleted</source>
        <translation>„{name}“ wurde gelöscht</translation>
    </message>
    <message>
        <source>The files on your disk were not touched.</source>
        <translation>Die Dateien auf Ihrem Datenträger blieben unberührt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
</context>
<context>
    <name>DocumentHead</name>
    <message>
        <source>Copy with citation (Ctrl+Shift+C)</source>
        <translation>Mit Quellenangabe kopieren (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>Show in folder (Ctrl+Shift+O)</source>
        <translation>Im Ordner anzeigen (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <source>Open in its own program (Ctrl+O)</source>
        <translation>Im eigenen Programm öffnen (Strg+O)</translation>
    </message>
</context>
<context>
    <name>DocumentMenu</name>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
    <message>
        <source>Expiry…</source>
        <translation>Ablauf…</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Erneut lesen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s) from Carrel?</source>
        <translation>
            <numerusform>%n Dokument aus Carrel entfernen?</numerusform>
            <numerusform>%n Dokumente aus Carrel entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The files themselves are not touched. A file that stands in a watched folder comes back with the next look at it.</source>
        <translation>Die Dateien selbst bleiben unberührt. Eine Datei in einem überwachten Ordner kommt mit dessen nächster Prüfung zurück.</translation>
    </message>
    <message>
        <source>Removed from Carrel:</source>
        <translation>Aus Carrel entfernt:</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Choose a result to see it in its document.</source>
        <translation>Wählen Sie einen Treffer, um ihn in seinem Dokument zu sehen.</translation>
    </message>
    <message>
        <source>This PDF is too large to be drawn, or can&apos;t be read; here is its text.</source>
        <translation>Diese PDF-Datei ist zu groß für die Darstellung oder nicht lesbar; hier ist ihr Text.</translation>
    </message>
    <message>
        <source>This PDF is locked by a password; here is what Carrel has of its text.</source>
        <translation>Diese PDF-Datei ist durch ein Passwort geschützt; hier ist, was Carrel von ihrem Text hat.</translation>
    </message>
    <message>
        <source>The pages of this PDF can&apos;t be drawn; here is its text.</source>
        <translation>Die Seiten dieser PDF-Datei lassen sich nicht darstellen; hier ist ihr Text.</translation>
    </message>
    <message>
        <source>It has not been read yet.</source>
        <translation>Es wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>There is no text of this document.</source>
        <translation>Zu diesem Dokument gibt es keinen Text.</translation>
    </message>
</context>
<context>
    <name>DocumentsModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Add to “{workspace}”</source>
        <translation>Zu „{workspace}“ hinzufügen</translation>
    </message>
</context>
<context>
    <name>ExpiryDialog</name>
    <message>
        <source>Expiry</source>
        <translation>Ablauf</translation>
    </message>
    <message numerus="yes">
        <source>When do %n document(s) expire?</source>
        <translation>
            <numerusform>Wann läuft %n Dokument ab?</numerusform>
            <numerusform>Wann laufen %n Dokumente ab?</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>In 1 day</source>
        <translation>In 1 Tag</translation>
    </message>
    <message>
        <source>In 7 days</source>
        <translation>In 7 Tagen</translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation>In 30 Tagen</translation>
    </message>
    <message>
        <source>In 1 year</source>
        <translation>In 1 Jahr</translation>
    </message>
    <message>
        <source>After a date…</source>
        <translation>Nach einem Datum…</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>What has expired is hidden at once and deleted from Carrel later. The files are not touched.</source>
        <translation>Was abgelaufen ist, wird sofort ausgeblendet und später aus Carrel gelöscht. Die Dateien bleiben unberührt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>FacetMenu</name>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>There is nothing to narrow by</source>
        <translation>Es gibt nichts zu filtern</translation>
    </message>
</context>
<context>
    <name>FailedTab</name>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Reason and file</source>
        <translation>Grund und Datei</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Change the setting…</source>
        <translation>Einstellung ändern…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Retry all</source>
        <translation>Alle wiederholen</translation>
    </message>
    <message>
        <source>{reason} ({count})</source>
        <translation>{reason} ({count})</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere Datei</numerusform>
            <numerusform>und %n weitere Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything could be read.</source>
        <translation>Alles konnte gelesen werden.</translation>
    </message>
    <message>
        <source>No program could show the folder.</source>
        <translation>Kein Programm konnte den Ordner anzeigen.</translation>
    </message>
    <message>
        <source>Protected by a password</source>
        <translation>Durch ein Passwort geschützt</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Zu groß</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>Dauerte zu lange</translation>
    </message>
    <message>
        <source>Needs too much memory</source>
        <translation>Braucht zu viel Speicher</translation>
    </message>
    <message>
        <source>Reading it failed</source>
        <translation>Lesen fehlgeschlagen</translation>
    </message>
    <message>
        <source>No right to read it, or a bad disk</source>
        <translation>Kein Leserecht oder ein defekter Datenträger</translation>
    </message>
    <message>
        <source>Gone from its place</source>
        <translation>Nicht mehr an ihrem Ort</translation>
    </message>
    <message>
        <source>Not a file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>Of a type that Carrel does not read</source>
        <translation>Von einem Typ, den Carrel nicht liest</translation>
    </message>
    <message>
        <source>Changed while it was read</source>
        <translation>Während des Lesens geändert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Save a copy without a password, and add that.</source>
        <translation>Speichern Sie eine Kopie ohne Passwort, und fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>Open it in its program, save it again, then retry.</source>
        <translation>Öffnen Sie die Datei in ihrem Programm, speichern Sie sie erneut, und wiederholen Sie dann das Lesen.</translation>
    </message>
    <message>
        <source>It may not have been copied completely; copy it again.</source>
        <translation>Die Datei wurde vielleicht nicht vollständig kopiert; kopieren Sie sie erneut.</translation>
    </message>
    <message>
        <source>Split it into smaller files.</source>
        <translation>Teilen Sie die Datei in kleinere auf.</translation>
    </message>
    <message>
        <source>Give files more time in the settings, then retry.</source>
        <translation>Geben Sie Dateien in den Einstellungen mehr Zeit, und wiederholen Sie dann das Lesen.</translation>
    </message>
    <message>
        <source>Give readers more memory in the settings, or split the file.</source>
        <translation>Geben Sie den Leseprozessen in den Einstellungen mehr Speicher, oder teilen Sie die Datei auf.</translation>
    </message>
    <message>
        <source>Check who may read it and whether its disk is sound, then retry.</source>
        <translation>Prüfen Sie, wer die Datei lesen darf und ob der Datenträger in Ordnung ist, und wiederholen Sie dann das Lesen.</translation>
    </message>
    <message>
        <source>Put it back, or press F5 to look at all sources again.</source>
        <translation>Legen Sie die Datei zurück, oder drücken Sie F5, um alle Quellen erneut zu prüfen.</translation>
    </message>
    <message>
        <source>Close the program that writes it, then retry.</source>
        <translation>Schließen Sie das Programm, das die Datei schreibt, und wiederholen Sie dann das Lesen.</translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message>
        <source>A fault of Carrel</source>
        <translation>Ein Fehler in Carrel</translation>
    </message>
    <message>
        <source>Carrel made a mistake, and goes on.</source>
        <translation>Carrel hat einen Fehler gemacht und arbeitet weiter.</translation>
    </message>
    <message>
        <source>What was stored stays stored. If you tell us of it, add this report: it says where in Carrel it happened and which versions you have. It holds nothing of your documents, queries, paths or keys.</source>
        <translation>Was gespeichert war, bleibt gespeichert. Wenn Sie uns davon berichten, fügen Sie diesen Bericht bei: Er nennt die Stelle in Carrel und Ihre Versionen. Er enthält nichts von Ihren Dokumenten, Suchanfragen, Pfaden oder Schlüsseln.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
</context>
<context>
    <name>Golden</name>
    <message>
        <source>Pinned: “{query}” must find “{title}” among the first {within}.</source>
        <translation>Festgelegt: „{query}“ muss „{title}“ unter den ersten {within} finden.</translation>
    </message>
    <message>
        <source>It does not now.</source>
        <translation>Zurzeit ist das nicht so.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>“{query}” no longer finds what it must find.</source>
        <translation>„{query}“ findet nicht mehr, was gefunden werden muss.</translation>
    </message>
    <message numerus="yes">
        <source>%n searches no longer find what they must find.</source>
        <translation>
            <numerusform>%n Suche findet nicht mehr, was sie finden muss.</numerusform>
            <numerusform>%n Suchen finden nicht mehr, was sie finden müssen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>GoldenModel</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Must find</source>
        <translation>Muss finden</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Looked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>the document has been removed</source>
        <translation>das Dokument wurde entfernt</translation>
    </message>
    <message>
        <source>the document has expired</source>
        <translation>das Dokument ist abgelaufen</translation>
    </message>
    <message>
        <source>the document is not read yet</source>
        <translation>das Dokument ist noch nicht gelesen</translation>
    </message>
    <message>
        <source>the document could not be read</source>
        <translation>das Dokument konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>a rule leaves the document out</source>
        <translation>eine Regel lässt das Dokument aus</translation>
    </message>
    <message>
        <source>the passage is no longer in the document</source>
        <translation>die Textstelle ist nicht mehr im Dokument</translation>
    </message>
    <message>
        <source>a filter of the search leaves it out</source>
        <translation>ein Filter der Suche lässt es aus</translation>
    </message>
    <message>
        <source>not among the first hundred</source>
        <translation>nicht unter den ersten hundert</translation>
    </message>
    <message>
        <source>not looked for yet</source>
        <translation>noch nicht gesucht</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>a passage of {title}</source>
        <translation>eine Textstelle aus {title}</translation>
    </message>
    <message>
        <source>place {place}</source>
        <translation>Platz {place}</translation>
    </message>
    <message>
        <source>place {place}, not among the first {within}</source>
        <translation>Platz {place}, nicht unter den ersten {within}</translation>
    </message>
</context>
<context>
    <name>GoldenPage</name>
    <message>
        <source>Run all</source>
        <translation>Alle ausführen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Pin the chosen ones no longer; the documents stay</source>
        <translation>Ausgewählte nicht länger festlegen; die Dokumente bleiben</translation>
    </message>
    <message>
        <source>No search is pinned to what it must find.</source>
        <translation>Für keine Suche ist festgelegt, was sie finden muss.</translation>
    </message>
    <message>
        <source>Search, and pin the right result from its menu. Carrel then tells when it is found no more.</source>
        <translation>Suchen Sie, und legen Sie den richtigen Treffer über sein Menü fest. Carrel meldet dann, wenn er nicht mehr gefunden wird.</translation>
    </message>
    <message>
        <source>Go to the results</source>
        <translation>Zu den Treffern</translation>
    </message>
    <message>
        <source>Golden queries</source>
        <translation>Prüfsuchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Golden queries: {count}</source>
        <translation>Prüfsuchen: {count}</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} gefunden</translation>
    </message>
    <message>
        <source>{count} not found</source>
        <translation>{count} nicht gefunden</translation>
    </message>
</context>
<context>
    <name>HitDelegate</name>
    <message numerus="yes">
        <source>p. %n</source>
        <translation>
            <numerusform>S. %n</numerusform>
            <numerusform>S. %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitMenu</name>
    <message>
        <source>Open at this page</source>
        <translation>Auf dieser Seite öffnen</translation>
    </message>
    <message>
        <source>Pin: this search must find this document</source>
        <translation>Festlegen: Diese Suche muss dieses Dokument finden</translation>
    </message>
    <message>
        <source>Pin: this search must find this passage</source>
        <translation>Festlegen: Diese Suche muss diese Textstelle finden</translation>
    </message>
</context>
<context>
    <name>HitsModel</name>
    <message numerus="yes">
        <source>page %n</source>
        <translation>
            <numerusform>Seite %n</numerusform>
            <numerusform>Seite %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InfoView</name>
    <message>
        <source>What is known of the document</source>
        <translation>Was über das Dokument bekannt ist</translation>
    </message>
    <message>
        <source>Related documents</source>
        <translation>Ähnliche Dokumente</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Dated</source>
        <translation>Datiert</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Known since</source>
        <translation>Bekannt seit</translation>
    </message>
    <message>
        <source>Text stored</source>
        <translation>Text gespeichert</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation>Sichtbar für</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Verfasser</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>waits to be read</source>
        <translation>wartet darauf, gelesen zu werden</translation>
    </message>
    <message>
        <source>found by words; meaning follows</source>
        <translation>nach Wörtern auffindbar; Bedeutung folgt</translation>
    </message>
    <message>
        <source>found by words and by meaning</source>
        <translation>nach Wörtern und Bedeutung auffindbar</translation>
    </message>
    <message>
        <source>found, but a part could not be read</source>
        <translation>auffindbar, aber ein Teil konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>left out by a rule</source>
        <translation>durch eine Regel ausgelassen</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>found as it was; the newer version is not read</source>
        <translation>im früheren Stand auffindbar; die neuere Fassung ist nicht gelesen</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>none</source>
        <translation>keine Angabe</translation>
    </message>
    <message>
        <source>others</source>
        <translation>weitere</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s): {name}</source>
        <translation>
            <numerusform>%n Dokument: {name}</numerusform>
            <numerusform>%n Dokumente: {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Filter by name, title or path</source>
        <translation>Nach Name, Titel oder Pfad filtern</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Show all sources, not only {source}</source>
        <translation>Alle Quellen anzeigen, nicht nur {source}</translation>
    </message>
    <message>
        <source>Chosen on the map</source>
        <translation>Auf der Karte ausgewählt</translation>
    </message>
    <message>
        <source>Show all documents, not only those chosen on the map</source>
        <translation>Alle Dokumente anzeigen, nicht nur die auf der Karte ausgewählten</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>No document is like this.</source>
        <translation>Kein Dokument entspricht dem Filter.</translation>
    </message>
    <message>
        <source>No documents here yet.</source>
        <translation>Noch keine Dokumente.</translation>
    </message>
    <message>
        <source>Add a folder, or drop files here.</source>
        <translation>Fügen Sie einen Ordner hinzu, oder ziehen Sie Dateien hierher.</translation>
    </message>
</context>
<context>
    <name>LogTab</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>A fault of Carrel: {kind}</source>
        <translation>Ein Fehler in Carrel: {kind}</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Expired and deleted</source>
        <translation>Abgelaufen und gelöscht</translation>
    </message>
    <message>
        <source>Removed, because the file is gone</source>
        <translation>Entfernt, weil die Datei nicht mehr da ist</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening your library…</source>
        <translation>Ihre Bibliothek wird geöffnet…</translation>
    </message>
    <message>
        <source>Carrel could not be opened.</source>
        <translation>Carrel konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Another Carrel is at work with these documents; wait until it has finished.</source>
        <translation>Ein anderes Carrel arbeitet mit diesen Dokumenten; warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>Map of the documents</source>
        <translation>Karte der Dokumente</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s); those that are alike stand together</source>
        <translation>
            <numerusform>%n Dokument; was sich ähnelt, steht beieinander</numerusform>
            <numerusform>%n Dokumente; was sich ähnelt, steht beieinander</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>arrow keys go from point to point, Enter shows the document, plus and minus zoom</source>
        <translation>Pfeiltasten gehen von Punkt zu Punkt, die Eingabetaste zeigt das Dokument, Plus und Minus ändern den Maßstab</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Draw again</source>
        <translation>Neu zeichnen</translation>
    </message>
    <message>
        <source>Documents have changed since the map was drawn</source>
        <translation>Dokumente haben sich geändert, seit die Karte gezeichnet wurde</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>Colour by source</source>
        <translation>Farbe nach Quelle</translation>
    </message>
    <message>
        <source>Colour by type</source>
        <translation>Farbe nach Typ</translation>
    </message>
    <message>
        <source>Colour by tag</source>
        <translation>Farbe nach Schlagwort</translation>
    </message>
    <message>
        <source>Colour by year</source>
        <translation>Farbe nach Jahr</translation>
    </message>
    <message>
        <source>Draw a line around documents (or drag with Shift)</source>
        <translation>Eine Linie um Dokumente ziehen (oder mit Umschalt ziehen)</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>The whole map</source>
        <translation>Die ganze Karte</translation>
    </message>
    <message>
        <source>Show them in the library</source>
        <translation>In der Bibliothek anzeigen</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Drawing the map…</source>
        <translation>Die Karte wird gezeichnet…</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) not understood yet</source>
        <translation>
            <numerusform>%n Dokument noch nicht nach Bedeutung erfasst</numerusform>
            <numerusform>%n Dokumente noch nicht nach Bedeutung erfasst</numerusform>
        </translation>
    </message>
    <message>
        <source>Documents appear here as soon as they are understood.</source>
        <translation>Dokumente erscheinen hier, sobald sie nach Bedeutung erfasst sind.</translation>
    </message>
    <message>
        <source>Nothing is on the map yet.</source>
        <translation>Auf der Karte ist noch nichts.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The map could not be drawn.</source>
        <translation>Die Karte konnte nicht gezeichnet werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) chosen</source>
        <translation>
            <numerusform>%n Dokument ausgewählt</numerusform>
            <numerusform>%n Dokumente ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatchesModel</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>relevant</source>
        <translation>relevant</translation>
    </message>
    <message>
        <source>not relevant</source>
        <translation>nicht relevant</translation>
    </message>
    <message>
        <source>not marked</source>
        <translation>nicht markiert</translation>
    </message>
</context>
<context>
    <name>MatchesPage</name>
    <message>
        <source>All matches</source>
        <translation>Alle Treffer</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>Zurück zur Trefferliste</translation>
    </message>
    <message>
        <source>Save as a table…</source>
        <translation>Als Tabelle speichern…</translation>
    </message>
    <message>
        <source>Relevant</source>
        <translation>Relevant</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>Nicht relevant</translation>
    </message>
    <message>
        <source>No mark</source>
        <translation>Keine Markierung</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) with all of these words: {query}</source>
        <translation>
            <numerusform>%n Dokument mit allen diesen Wörtern: {query}</numerusform>
            <numerusform>%n Dokumente mit allen diesen Wörtern: {query}</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>Als Tabelle speichern</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>treffer</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>Gespeichert: {path}</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written: {reason}.</source>
        <translation>{file} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another place, or free some space.</source>
        <translation>Wählen Sie einen anderen Ort, oder geben Sie Speicherplatz frei.</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>NetworkLabel</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n Verbindung</numerusform>
            <numerusform>%n Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline · 0 connections</source>
        <translation>Offline · 0 Verbindungen</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>Chunking</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>How documents are cut into passages.</source>
        <translation>Wie Dokumente in Textstellen aufgeteilt werden.</translation>
    </message>
    <message>
        <source>Recursive</source>
        <translation>Rekursiv</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>Überschriften</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Passage size</source>
        <translation>Größe der Textstellen</translation>
    </message>
    <message>
        <source>Most tokens of a passage.</source>
        <translation>Höchstzahl der Token einer Textstelle.</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Überlappung</translation>
    </message>
    <message>
        <source>Tokens that a passage shares with the one before.</source>
        <translation>Token, die eine Textstelle mit der vorigen teilt.</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>Leseprozesse</translation>
    </message>
    <message>
        <source>Files that are read at the same time.</source>
        <translation>Dateien, die gleichzeitig gelesen werden.</translation>
    </message>
    <message>
        <source>Time for a file</source>
        <translation>Zeit für eine Datei</translation>
    </message>
    <message>
        <source>Seconds after which reading a file is given up.</source>
        <translation>Sekunden, nach denen das Lesen einer Datei aufgegeben wird.</translation>
    </message>
    <message>
        <source>Memory for a file</source>
        <translation>Speicher für eine Datei</translation>
    </message>
    <message>
        <source>Megabytes a reader may use.</source>
        <translation>Megabyte, die ein Leseprozess belegen darf.</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Größte Datei</translation>
    </message>
    <message>
        <source>Larger files are skipped (megabytes).</source>
        <translation>Größere Dateien werden übersprungen (Megabyte).</translation>
    </message>
    <message>
        <source>Space that stays free</source>
        <translation>Platz, der frei bleibt</translation>
    </message>
    <message>
        <source>Reading pauses while less is free on the disk of the data folder (megabytes).</source>
        <translation>Das Lesen pausiert, solange auf dem Datenträger des Datenordners weniger frei ist (Megabyte).</translation>
    </message>
    <message>
        <source>Weight of words</source>
        <translation>Gewicht der Wörter</translation>
    </message>
    <message>
        <source>Share of the keyword score.</source>
        <translation>Anteil der Wortwertung.</translation>
    </message>
    <message>
        <source>Weight of meaning</source>
        <translation>Gewicht der Bedeutung</translation>
    </message>
    <message>
        <source>Share of the meaning score.</source>
        <translation>Anteil der Bedeutungswertung.</translation>
    </message>
    <message>
        <source>Weight of the document</source>
        <translation>Gewicht des Dokuments</translation>
    </message>
    <message>
        <source>How much the whole document&apos;s keyword score adds when documents are ranked.</source>
        <translation>Wie viel die Wortwertung des ganzen Dokuments zur Rangfolge der Dokumente beiträgt.</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Passages taken from each index before they are ranked.</source>
        <translation>Textstellen, die jedem Index entnommen werden, bevor die Rangfolge gebildet wird.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Whether each workspace remembers what was searched for in it, to offer it again.</source>
        <translation>Ob sich jeder Arbeitsbereich merkt, wonach in ihm gesucht wurde, um es wieder anzubieten.</translation>
    </message>
    <message>
        <source>Documents of a chat</source>
        <translation>Dokumente eines Chats</translation>
    </message>
    <message>
        <source>Hours after which a chat&apos;s own documents expire.</source>
        <translation>Stunden, nach denen die eigenen Dokumente eines Chats ablaufen.</translation>
    </message>
    <message>
        <source>Keep what has expired</source>
        <translation>Abgelaufenes aufbewahren</translation>
    </message>
    <message>
        <source>Days for which an expired document of a workspace is kept, hidden, before it is deleted; those of chats go at once.</source>
        <translation>Tage, für die ein abgelaufenes Dokument eines Arbeitsbereichs verborgen aufbewahrt wird, bevor es gelöscht wird; die von Chats werden sofort gelöscht.</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Seconds between two looks for expired documents.</source>
        <translation>Sekunden zwischen zwei Suchen nach abgelaufenen Dokumenten.</translation>
    </message>
    <message>
        <source>Open workspaces</source>
        <translation>Offene Arbeitsbereiche</translation>
    </message>
    <message>
        <source>When more are open, those that were not used for longest are closed, unless they are at work.</source>
        <translation>Sind mehr offen, werden die am längsten nicht benutzten geschlossen, sofern sie nicht gerade arbeiten.</translation>
    </message>
    <message>
        <source>Idle workspaces</source>
        <translation>Unbenutzte Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Minutes after which a workspace that nobody uses is closed.</source>
        <translation>Minuten, nach denen ein unbenutzter Arbeitsbereich geschlossen wird.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light or dark, or as the system has it.</source>
        <translation>Hell oder dunkel, oder wie im System eingestellt.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Size of the text, in percent of the system&apos;s.</source>
        <translation>Größe des Textes in Prozent der Systemgröße.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the window, or that of the system.</source>
        <translation>Sprache des Fensters, oder die des Systems.</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>A change holds from the next start.</source>
        <translation>Eine Änderung gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Auf Standardwert zurücksetzen</translation>
    </message>
    <message>
        <source>{title}: back to the default</source>
        <translation>{title}: auf Standardwert zurücksetzen</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie im System</translation>
    </message>
</context>
<context>
    <name>PassagesView</name>
    <message>
        <source>Previous passage</source>
        <translation>Vorherige Textstelle</translation>
    </message>
    <message>
        <source>Next passage</source>
        <translation>Nächste Textstelle</translation>
    </message>
    <message>
        <source>Passage with its neighbours</source>
        <translation>Textstelle mit ihrer Umgebung</translation>
    </message>
    <message>
        <source>This document has no passages.</source>
        <translation>Dieses Dokument hat keine Textstellen.</translation>
    </message>
    <message>
        <source>Passage {number} of {count}</source>
        <translation>Textstelle {number} von {count}</translation>
    </message>
    <message numerus="yes">
        <source>p. %n</source>
        <translation>
            <numerusform>S. %n</numerusform>
            <numerusform>S. %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Pages of the document</source>
        <translation>Seiten des Dokuments</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>Previous place in the document (Shift+F3)</source>
        <translation>Vorherige Fundstelle im Dokument (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next place in the document (F3)</source>
        <translation>Nächste Fundstelle im Dokument (F3)</translation>
    </message>
    <message>
        <source>Smaller (Ctrl+wheel)</source>
        <translation>Kleiner (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Larger (Ctrl+wheel)</source>
        <translation>Größer (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>None of the words stands here: found by meaning</source>
        <translation>Keines der Wörter steht hier: nach Bedeutung gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n Fundstelle</numerusform>
            <numerusform>%n Fundstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>p. {page} of {count}</source>
        <translation>S. {page} von {count}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Show the data folder</source>
        <translation>Datenordner anzeigen</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>Prüfen</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>What is shown of the document</source>
        <translation>Was vom Dokument angezeigt wird</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>File is not at its place; this is the text stored on {date}.</source>
        <translation>Die Datei ist nicht an ihrem Ort; dies ist der am {date} gespeicherte Text.</translation>
    </message>
    <message>
        <source>The file has changed since it was read; this is the text stored on {date}.</source>
        <translation>Die Datei hat sich seit dem Lesen geändert; dies ist der am {date} gespeicherte Text.</translation>
    </message>
    <message>
        <source>Where is “{name}” now?</source>
        <translation>Wo ist „{name}“ jetzt?</translation>
    </message>
    <message>
        <source>“{name}” is read at its new place.</source>
        <translation>„{name}“ wird am neuen Ort gelesen.</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>„{name}“ vergessen?</translation>
    </message>
    <message>
        <source>Its text is removed from Carrel and can&apos;t be brought back, for its file is gone.</source>
        <translation>Der Text wird aus Carrel entfernt und lässt sich nicht wiederherstellen, denn die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Opening this file could run it; here is its folder instead.</source>
        <translation>Diese Datei würde beim Öffnen womöglich ausgeführt; hier ist stattdessen ihr Ordner.</translation>
    </message>
    <message>
        <source>No program for this file was found.</source>
        <translation>Für diese Datei wurde kein Programm gefunden.</translation>
    </message>
    <message>
        <source>The passage was copied with where it stands.</source>
        <translation>Die Textstelle wurde mit Quellenangabe kopiert.</translation>
    </message>
    <message>
        <source>Open in its own program</source>
        <translation>Im eigenen Programm öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy with citation</source>
        <translation>Mit Quellenangabe kopieren</translation>
    </message>
</context>
<context>
    <name>QueryBar</name>
    <message>
        <source>Search your documents</source>
        <translation>Eigene Dokumente durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
</context>
<context>
    <name>QueryChips</name>
    <message>
        <source>Take this out of the search</source>
        <translation>Aus der Suche herausnehmen</translation>
    </message>
    <message>
        <source>Take {part} out of the search</source>
        <translation>{part} aus der Suche herausnehmen</translation>
    </message>
</context>
<context>
    <name>QueueTab</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Source and file</source>
        <translation>Quelle und Datei</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel what waits</source>
        <translation>Wartendes abbrechen</translation>
    </message>
    <message>
        <source>Drop what waits of this source; it can be read again from “Failed”.</source>
        <translation>Verwirft, was von dieser Quelle wartet; unter „Fehlgeschlagen“ kann es erneut gelesen werden.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Look at all files</source>
        <translation>Alle Dateien prüfen</translation>
    </message>
    <message>
        <source>{count} in all; the first {shown} are shown.</source>
        <translation>Insgesamt {count}; die ersten {shown} werden angezeigt.</translation>
    </message>
    <message>
        <source>Nothing waits to be read.</source>
        <translation>Nichts wartet darauf, gelesen zu werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to read</source>
        <translation>
            <numerusform>%n Datei zu lesen</numerusform>
            <numerusform>%n Dateien zu lesen</numerusform>
        </translation>
    </message>
    <message>
        <source>being read</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source> · attempt {count}</source>
        <translation> · Versuch {count}</translation>
    </message>
</context>
<context>
    <name>RemovalQuestion</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>ResultAccount</name>
    <message>
        <source>“{word}” was not found, looked for {others}</source>
        <translation>„{word}“ wurde nicht gefunden, gesucht wurde nach {others}</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) with these words</source>
        <translation>
            <numerusform>%n Textstelle mit diesen Wörtern</numerusform>
            <numerusform>%n Textstellen mit diesen Wörtern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) with some of these words</source>
        <translation>
            <numerusform>%n Textstelle mit einigen dieser Wörter</numerusform>
            <numerusform>%n Textstellen mit einigen dieser Wörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) with these words</source>
        <translation>
            <numerusform>%n Dokument mit diesen Wörtern</numerusform>
            <numerusform>%n Dokumente mit diesen Wörtern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) with some of these words</source>
        <translation>
            <numerusform>%n Dokument mit einigen dieser Wörter</numerusform>
            <numerusform>%n Dokumente mit einigen dieser Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} with some of them</source>
        <translation>{count} mit einigen davon</translation>
    </message>
    <message>
        <source>meaning follows</source>
        <translation>Bedeutung folgt</translation>
    </message>
    <message>
        <source>more by meaning</source>
        <translation>weitere nach Bedeutung</translation>
    </message>
    <message>
        <source>by meaning alone</source>
        <translation>nur nach Bedeutung</translation>
    </message>
</context>
<context>
    <name>RulesForm</name>
    <message>
        <source>all, or such as *.pdf, notes/**</source>
        <translation>alle, oder z. B. *.pdf, Notizen/**</translation>
    </message>
    <message>
        <source>such as drafts, *.log</source>
        <translation>z. B. Entwürfe, *.log</translation>
    </message>
    <message>
        <source>Leave out what programs make (node_modules, .git, *.tmp, …)</source>
        <translation>Von Programmen Erzeugtes auslassen (node_modules, .git, *.tmp, …)</translation>
    </message>
    <message>
        <source>Read folders inside</source>
        <translation>Unterordner lesen</translation>
    </message>
    <message>
        <source>Read hidden files and folders</source>
        <translation>Versteckte Dateien und Ordner lesen</translation>
    </message>
    <message>
        <source>{count} MB</source>
        <translation>{count} MB</translation>
    </message>
    <message>
        <source>Only files like</source>
        <translation>Nur Dateien wie</translation>
    </message>
    <message>
        <source>Never files like</source>
        <translation>Nie Dateien wie</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Größte Datei</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Latest searches</source>
        <translation>Letzte Suchen</translation>
    </message>
    <message>
        <source>Keep this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Diese vergessen</translation>
    </message>
    <message>
        <source>Nothing was searched for yet</source>
        <translation>Noch wurde nach nichts gesucht</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Passages</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>Every passage that was found</source>
        <translation>Jede gefundene Textstelle</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Each document once, with its best passage</source>
        <translation>Jedes Dokument einmal, mit seiner besten Textstelle</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Narrow ▾</source>
        <translation>Filter ▾</translation>
    </message>
    <message>
        <source>Only one type, source, tag or year</source>
        <translation>Nur ein Typ, eine Quelle, ein Schlagwort oder ein Jahr</translation>
    </message>
    <message>
        <source>All matches</source>
        <translation>Alle Treffer</translation>
    </message>
    <message>
        <source>Every document with all of these words, counted exactly</source>
        <translation>Jedes Dokument mit allen diesen Wörtern, genau gezählt</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n Datei konnte nicht gelesen werden</numerusform>
            <numerusform>%n Dateien konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not read yet</source>
        <translation>
            <numerusform>%n Datei ist noch nicht gelesen</numerusform>
            <numerusform>%n Dateien sind noch nicht gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show what failed</source>
        <translation>Fehlgeschlagenes anzeigen</translation>
    </message>
    <message>
        <source>Nothing for “{query}”.</source>
        <translation>Nichts zu „{query}“.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) can be searched.</source>
        <translation>
            <numerusform>%n Dokument kann durchsucht werden.</numerusform>
            <numerusform>%n Dokumente können durchsucht werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Type what you look for; or try one of these:</source>
        <translation>Geben Sie ein, wonach Sie suchen; oder versuchen Sie eines hiervon:</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>There is nothing to keep yet.</source>
        <translation>Es gibt noch nichts zu speichern.</translation>
    </message>
    <message>
        <source>Search for something first.</source>
        <translation>Suchen Sie zuerst nach etwas.</translation>
    </message>
    <message>
        <source>Keep this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Carrel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Lifetimes</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New keys:</source>
        <translation>Neue Tasten:</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>All defaults</source>
        <translation>Alle auf Standard</translation>
    </message>
    <message>
        <source>{keys} is already “{action}”; nothing was changed.</source>
        <translation>{keys} ist bereits „{action}“; nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>SkippedTab</name>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Rule and file</source>
        <translation>Regel und Datei</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are left out by rules.</source>
        <translation>
            <numerusform>%n Datei ist durch Regeln ausgelassen.</numerusform>
            <numerusform>%n Dateien sind durch Regeln ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is left out.</source>
        <translation>Nichts ist ausgelassen.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere Datei</numerusform>
            <numerusform>und %n weitere Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>No program could show the folder.</source>
        <translation>Kein Programm konnte den Ordner anzeigen.</translation>
    </message>
</context>
<context>
    <name>SourceMenu</name>
    <message>
        <source>Decide about vanished files…</source>
        <translation>Über verschwundene Dateien entscheiden…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel what waits</source>
        <translation>Wartendes abbrechen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove “{source}” from Carrel?</source>
        <translation>„{source}“ aus Carrel entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) can&apos;t be searched any more. The files themselves are not touched.</source>
        <translation>
            <numerusform>%n Dokument kann dann nicht mehr durchsucht werden. Die Datei selbst bleibt unberührt.</numerusform>
            <numerusform>%n Dokumente können dann nicht mehr durchsucht werden. Die Dateien selbst bleiben unberührt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed from Carrel:</source>
        <translation>Aus Carrel entfernt:</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) vanished. Remove them?</source>
        <translation>
            <numerusform>%n Datei ist verschwunden. Soll sie entfernt werden?</numerusform>
            <numerusform>%n Dateien sind verschwunden. Sollen sie entfernt werden?</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Entscheiden…</translation>
    </message>
</context>
<context>
    <name>SourcesModel</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesPane</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n document(s)</source>
        <translation>
            <numerusform>Schlagwörter von %n Dokument</numerusform>
            <numerusform>Schlagwörter von %n Dokumenten</numerusform>
        </translation>
    </message>
    <message>
        <source>such as urgent, 2024</source>
        <translation>z. B. dringend, 2024</translation>
    </message>
    <message>
        <source>Separated by commas. A search finds them by tag:NAME.</source>
        <translation>Durch Kommas getrennt. Eine Suche findet sie mit tag:NAME.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>Text of the document</source>
        <translation>Text des Dokuments</translation>
    </message>
    <message>
        <source>Slide {number}</source>
        <translation>Folie {number}</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Seite {number}</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Index of words</source>
        <translation>Wortindex</translation>
    </message>
    <message>
        <source>Index of meaning</source>
        <translation>Bedeutungsindex</translation>
    </message>
    <message>
        <source>Stored embeddings</source>
        <translation>Gespeicherte Einbettungen</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>Letzte 12 Monate</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Room on disk</source>
        <translation>Platz auf dem Datenträger</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>Usage as a table</source>
        <translation>Nutzung als Tabelle</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>There is nothing to count yet.</source>
        <translation>Es gibt noch nichts zu zählen.</translation>
    </message>
    <message>
        <source>Add documents and search them; from then on this page tells of each day.</source>
        <translation>Fügen Sie Dokumente hinzu, und durchsuchen Sie sie; ab dann berichtet diese Seite von jedem Tag.</translation>
    </message>
    <message>
        <source>Only today is known yet; each day on which Carrel is open here adds to it.</source>
        <translation>Bisher ist nur der heutige Tag bekannt; jeder Tag, an dem Carrel hier offen ist, kommt hinzu.</translation>
    </message>
    <message>
        <source>Since {day}. Days on which Carrel was not open here stay empty.</source>
        <translation>Seit {day}. Tage, an denen Carrel hier nicht offen war, bleiben leer.</translation>
    </message>
    <message numerus="yes">
        <source>%n in this period</source>
        <translation>
            <numerusform>%n in diesem Zeitraum</numerusform>
            <numerusform>%n in diesem Zeitraum</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n now</source>
        <translation>
            <numerusform>%n jetzt</numerusform>
            <numerusform>%n jetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} now</source>
        <translation>{size} jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%n search(es)</source>
        <translation>
            <numerusform>%n Suche</numerusform>
            <numerusform>%n Suchen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VanishedDialog</name>
    <message>
        <source>Files vanished</source>
        <translation>Verschwundene Dateien</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) vanished. Remove them?</source>
        <translation>
            <numerusform>%n Datei ist verschwunden. Soll sie entfernt werden?</numerusform>
            <numerusform>%n Dateien sind verschwunden. Sollen sie entfernt werden?</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of {all} files of “{source}” are not where they were. If their disk or their network folder is only away, connect it and look again. Until you decide they can be searched as before.</source>
        <translation>{count} von {all} Dateien aus „{source}“ sind nicht mehr an ihrem Ort. Wenn nur ihr Datenträger oder Netzwerkordner fehlt, verbinden Sie ihn, und lassen Sie erneut prüfen. Bis zu Ihrer Entscheidung bleiben sie durchsuchbar wie bisher.</translation>
    </message>
    <message>
        <source>Files that vanished</source>
        <translation>Dateien, die verschwunden sind</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weitere Datei</numerusform>
            <numerusform>… und %n weitere Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed from Carrel:</source>
        <translation>Aus Carrel entfernt:</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Files stay where they are. Nothing leaves this computer.</source>
        <translation>Dateien bleiben, wo sie sind. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Carrel reads it and follows its changes.</source>
        <translation>Carrel liest ihn und folgt seinen Änderungen.</translation>
    </message>
    <message>
        <source>Drop files or folders here</source>
        <translation>Dateien oder Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Anywhere on this window, at any time.</source>
        <translation>Überall auf dieses Fenster, jederzeit.</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>A small library of letters, reports and mail.</source>
        <translation>Eine kleine Bibliothek aus Briefen, Berichten und E-Mails.</translation>
    </message>
    <message>
        <source>No documents in “{workspace}” yet</source>
        <translation>Noch keine Dokumente in „{workspace}“</translation>
    </message>
</context>
<context>
    <name>WhyResult</name>
    <message>
        <source>Why this result</source>
        <translation>Warum dieser Treffer</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>no word; the passage means something like it</source>
        <translation>kein Wort; die Textstelle bedeutet etwas Ähnliches</translation>
    </message>
    <message>
        <source>not among the best</source>
        <translation>nicht unter den besten</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Rang {rank}</translation>
    </message>
</context>
<context>
    <name>WorkspaceMenu</name>
    <message>
        <source>New workspace…</source>
        <translation>Neuer Arbeitsbereich…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Blaugrün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>Neuer Arbeitsbereich</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Rename workspace</source>
        <translation>Arbeitsbereich umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>„{name}“ wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>_Numbered</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n Dokument</numerusform>
            <numerusform>%n Dokumente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the keyword index</source>
        <translation>
            <numerusform>%n Eintrag des Wortindex</numerusform>
            <numerusform>%n Einträge des Wortindex</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vector(s)</source>
        <translation>
            <numerusform>%n Vektor</numerusform>
            <numerusform>%n Vektoren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stored embedding(s)</source>
        <translation>
            <numerusform>%n gespeicherte Einbettung</numerusform>
            <numerusform>%n gespeicherte Einbettungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) to other computers</source>
        <translation>
            <numerusform>%n Verbindung zu anderen Rechnern</numerusform>
            <numerusform>%n Verbindungen zu anderen Rechnern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) within this computer</source>
        <translation>
            <numerusform>%n Verbindung innerhalb dieses Rechners</numerusform>
            <numerusform>%n Verbindungen innerhalb dieses Rechners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>counted now in Carrel and %n program(s) that it has started</source>
        <translation>
            <numerusform>jetzt gezählt in Carrel und %n Programm, das es gestartet hat</numerusform>
            <numerusform>jetzt gezählt in Carrel und %n Programmen, die es gestartet hat</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more program(s) could not be looked at</source>
        <translation>
            <numerusform>%n weiteres Programm war nicht einzusehen</numerusform>
            <numerusform>%n weitere Programme waren nicht einzusehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of the database</source>
        <translation>
            <numerusform>%n Zeile der Datenbank</numerusform>
            <numerusform>%n Zeilen der Datenbank</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Stack</name>
    <message>
        <source>States of all documents</source>
        <translation>Zustände aller Dokumente</translation>
    </message>
</context>
<context>
    <name>_TwoTone</name>
    <message>
        <source>Progress of reading</source>
        <translation>Fortschritt des Lesens</translation>
    </message>
</context>
<context>
    <name>citation</name>
    <message>
        <source>p. {page}</source>
        <translation>S. {page}</translation>
    </message>
    <message>
        <source>“{passage}”</source>
        <translation>„{passage}“</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Document</source>
        <translation>D&amp;okument</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>{count} vanished: decide…</source>
        <translation>{count} verschwunden: entscheiden…</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>not reachable since {time}</source>
        <translation>nicht erreichbar seit {time}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>reading, {count} to go</source>
        <translation>wird gelesen, noch {count}</translation>
    </message>
    <message>
        <source>given texts</source>
        <translation>übergebene Texte</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>nicht überwacht</translation>
    </message>
    <message>
        <source>beginning to watch</source>
        <translation>Überwachung beginnt</translation>
    </message>
    <message>
        <source>✓ live</source>
        <translation>✓ überwacht</translation>
    </message>
    <message>
        <source>looked at now and then</source>
        <translation>wird ab und zu geprüft</translation>
    </message>
    <message>
        <source>Texts given by programs, or pasted</source>
        <translation>Von Programmen übergebene oder eingefügte Texte</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>{share}%</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>words and meaning</source>
        <translation>Wörter und Bedeutung</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>versteckt</translation>
    </message>
    <message>
        <source>not included</source>
        <translation>nicht eingeschlossen</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>symlink inside</source>
        <translation>Verknüpfung innerhalb der Quelle</translation>
    </message>
    <message>
        <source>symlink outside</source>
        <translation>Verknüpfung nach außerhalb</translation>
    </message>
    <message>
        <source>symlink broken</source>
        <translation>Verknüpfung ins Leere</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>type: none</source>
        <translation>Typ: keiner</translation>
    </message>
    <message>
        <source>type: other</source>
        <translation>Typ: anderer</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
</context>
</TS>
