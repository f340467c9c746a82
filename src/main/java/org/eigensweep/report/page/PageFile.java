package org.eigensweep.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a page is put together of, from the class path. */
final class PageFile {
  /** Where a file names another, whose text is to stand there. */
  static final Pattern PLACE = Pattern.compile("@@([a-z.]+)@@");

  private static final String ECHARTS = "echarts.min.js";

  /** Where the library's jar has it; the version is that of pom.xml. */
  private static final String WEBJAR = "/META-INF/resources/webjars/echarts/5.5.0/" + ECHARTS;

  private PageFile() {}

  /** The text of a file as it is. */
  static String read(String name) {
    try (InputStream in =
        PageFile.class.getResourceAsStream(name.equals(ECHARTS) ? WEBJAR : name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The text of a script, with that of the scripts it is made of. */
  static String script(String name) {
    return name.equals(ECHARTS)
        ? read(name)
        : PLACE
            .matcher(read(name))
            .replaceAll(part -> Matcher.quoteReplacement(read(part.group(1))));
  }
}
