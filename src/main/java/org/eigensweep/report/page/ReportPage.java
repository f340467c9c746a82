package org.eigensweep.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.study.Study;

/** One file that opens from disk: text, styles, scripts and data, and nothing from elsewhere. */
public final class ReportPage {
  /** Writes the page's data as JSON. */
  private interface Data {
    void writeTo(Writer out) throws IOException;
  }

  private final Data data;

  private ReportPage(Data data) {
    this.data = data;
  }

  /** A page of sweeps. */
  public static ReportPage ofSweeps(SweepCurves curves, ReportFacts facts) {
    return new ReportPage(out -> PageData.write(curves, facts, out));
  }

  /** A page of saved networks' spectra. */
  public static ReportPage ofStudies(List<Study> studies, ReportFacts facts) {
    return new ReportPage(out -> StudyData.write(studies, facts, out));
  }

  /** Writes the page in UTF-8; the stream is left open. */
  public void write(OutputStream out) throws IOException {
    Writer page = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    String template = PageFile.read("page.html");
    Matcher place = PageFile.PLACE.matcher(template);
    int from = 0;
    while (place.find()) {
      page.append(template, from, place.start());
      if (place.group(1).equals("data")) {
        data.writeTo(page);
      } else {
        page.append(PageFile.script(place.group(1)));
      }
      from = place.end();
    }
    page.append(template, from, template.length());
    page.flush();
  }

  /**
   * Draws every figure that the page shows at first, for a paper, or for who has no browser.
   *
   * @return an SVG and a PNG of each, by the name of the file, in the page's order
   */
  public Map<String, byte[]> figures() {
    StringWriter json = new StringWriter();
    try {
      data.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FigureFiles.of(json.toString());
  }
}
