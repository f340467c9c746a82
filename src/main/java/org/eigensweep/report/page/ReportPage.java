package org.eigensweep.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import org.eigensweep.spark.curve.SweepCurves;

/** One file that opens from disk: text, styles, scripts and data, and nothing from elsewhere. */
public final class ReportPage {
  private ReportPage() {}

  /** Writes the page in UTF-8; the stream is left open. */
  public static void write(SweepCurves curves, ReportFacts facts, OutputStream out)
      throws IOException {
    Writer page = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    String template = PageFile.read("page.html");
    Matcher place = PageFile.PLACE.matcher(template);
    int from = 0;
    while (place.find()) {
      page.append(template, from, place.start());
      if (place.group(1).equals("data")) {
        PageData.write(curves, facts, page);
      } else {
        page.append(PageFile.script(place.group(1)));
      }
      from = place.end();
    }
    page.append(template, from, template.length());
    page.flush();
  }
}
