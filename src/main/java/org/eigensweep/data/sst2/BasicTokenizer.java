package org.eigensweep.data.sst2;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * BERT's basic tokenisation, uncased: text to words. Lower case, without accents, control
 * characters dropped, split at white space; each character of punctuation and each CJK ideograph is
 * a word of its own.
 *
 * <p>As {@code BasicTokenizer} in google-research/bert {@code tokenization.py}, with the categories
 * of characters that Hugging Face's {@code BertNormalizer} takes.
 */
final class BasicTokenizer {
  private BasicTokenizer() {}

  /** The words of a text, in order; none if it has none. */
  static List<String> words(String text) {
    // Decomposed, a letter with an accent is the letter and a mark, and marks are dropped.
    String decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    StringBuilder spaced = new StringBuilder();
    decomposed.codePoints().forEach(c -> append(c, spaced));
    return Stream.of(spaced.toString().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static void append(int c, StringBuilder spaced) {
    if (isSpace(c)) {
      spaced.append(' ');
    } else if (isDropped(c)) {
      return;
    } else if (isPunctuation(c) || isIdeograph(c)) {
      spaced.append(' ').appendCodePoint(c).append(' ');
    } else {
      spaced.appendCodePoint(c);
    }
  }

  private static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  /** Marks that are accents, and all that Unicode calls "other"; U+FFFD stands for lost text. */
  private static boolean isDropped(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> c == 0xfffd;
    };
  }

  /** Unicode's punctuation, and all of ASCII that is neither letter nor digit: $ and ^ too. */
  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    };
  }

  /** The blocks that BERT takes for Chinese characters: not kana, not Hangul. */
  private static boolean isIdeograph(int c) {
    return isIn(0x4e00, c, 0x9fff)
        || isIn(0x3400, c, 0x4dbf)
        || isIn(0x20000, c, 0x2a6df)
        || isIn(0x2a700, c, 0x2b73f)
        || isIn(0x2b740, c, 0x2b81f)
        || isIn(0x2b820, c, 0x2ceaf)
        || isIn(0xf900, c, 0xfaff)
        || isIn(0x2f800, c, 0x2fa1f);
  }

  private static boolean isIn(int first, int c, int last) {
    return c >= first && c <= last;
  }
}
