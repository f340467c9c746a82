package org.eigensweep.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that a page is put together of, from the class path. */
final class PageFile {
  private static final String ECHARTS = "echarts.min.js";

  /** Where the library's jar has it; the version is the one of pom.xml. */
  private static final String WEBJAR = "/META-INF/resources/webjars/echarts/5.5.0/" + ECHARTS;

  private PageFile() {}

  /** The text of one of them. */
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
}
