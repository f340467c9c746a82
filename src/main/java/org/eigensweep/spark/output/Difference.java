package org.eigensweep.spark.output;

import java.util.Objects;

/** Where two texts first differ, in few words: settings are too long to be shown whole. */
final class Difference {
  private static final int SHOWN = 60;

  private Difference() {}

  /**
   * Says what was found and what was expected.
   *
   * @param what the name of both texts
   * @param found JSON or any other text, or null
   * @param expected a text that is not equal to it
   */
  static String of(String what, String found, String expected) {
    String there = Objects.toString(found);
    int at = 0;
    while (at < Math.min(there.length(), expected.length())
        && there.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return "%s found: %s, expected: %s".formatted(what, around(there, at), around(expected, at));
  }

  /**
   * The JSON member that holds a place, a list whole, or what follows that place if it is no JSON.
   */
  private static String around(String text, int at) {
    int colon = text.lastIndexOf("\":", at);
    int start = colon < 0 ? 0 : Math.max(0, text.lastIndexOf('"', colon - 1));
    boolean list = colon >= 0 && text.startsWith("[", colon + 2);
    int end = list ? Math.max(at, text.indexOf(']', colon) + 1) : at;
    while (end < text.length() && ",}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String member = text.substring(start, end);
    return member.length() <= SHOWN ? member : member.substring(0, SHOWN) + "...";
  }
}
