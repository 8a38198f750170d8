import java.text.BreakIterator;
import java.text.spi.BreakIteratorProvider;
import java.util.Locale;

/**
 * Breaks Thai text at every character, for a Java without the data of other languages. OpenSearch makes no index where its analyzer of Thai,
 * which nobody asked for, finds no breaks at all.
 */
public final class ThaiBreaks extends BreakIteratorProvider {
    @Override public Locale[] getAvailableLocales() {
        return new Locale[] {new Locale("th")};
    }

    @Override public BreakIterator getWordInstance(Locale locale) {
        return BreakIterator.getCharacterInstance(Locale.ROOT);
    }

    @Override public BreakIterator getLineInstance(Locale locale) {
        return BreakIterator.getCharacterInstance(Locale.ROOT);
    }

    @Override public BreakIterator getCharacterInstance(Locale locale) {
        return BreakIterator.getCharacterInstance(Locale.ROOT);
    }

    @Override public BreakIterator getSentenceInstance(Locale locale) {
        return BreakIterator.getSentenceInstance(Locale.ROOT);
    }
}
