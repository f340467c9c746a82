package org.eigensweep.data.sst2;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The WordPiece tokeniser of BERT, uncased: text to the ids of a vocabulary, from the left the
 * longest piece that the vocabulary has, the pieces behind the first marked with {@code ##}.
 *
 * <p>As {@code WordpieceTokenizer} in google-research/bert {@code tokenization.py}.
 *
 * @param vocabulary the pieces
 */
record WordPiece(Vocabulary vocabulary) {
  /** The longest word that is looked up, in characters; a longer one is unknown. */
  static final int MOST_CHARACTERS = 100;

  /** How the vocabulary writes a piece that goes on a word. */
  static final String GOES_ON = "##";

  /** The ids of a text's pieces, in order, without {@code [CLS]} and {@code [SEP]}. */
  List<Integer> pieces(String text) {
    return BasicTokenizer.words(text).stream().flatMap(word -> ofWord(word).stream()).toList();
  }

  /** Whether a word is too long to be looked up. */
  static boolean isTooLong(String word) {
    return word.codePointCount(0, word.length()) > MOST_CHARACTERS;
  }

  private List<Integer> ofWord(String word) {
    List<Integer> unknown = List.of(vocabulary.unknown());
    if (isTooLong(word)) {
      return unknown;
    }
    List<Integer> pieces = new ArrayList<>();
    int start = 0;
    while (start < word.length()) {
      String mark = start == 0 ? "" : GOES_ON;
      int end = word.length();
      OptionalInt piece = vocabulary.id(mark + word.substring(start, end));
      while (piece.isEmpty()) {
        end = word.offsetByCodePoints(end, -1);
        if (end == start) {
          return unknown; // the whole word, whatever matched before
        }
        piece = vocabulary.id(mark + word.substring(start, end));
      }
      pieces.add(piece.getAsInt());
      start = end;
    }
    return pieces;
  }
}
