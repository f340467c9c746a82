package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.eigensweep.report.SpectrumBulk;
import org.eigensweep.spark.study.Study;
import org.eigensweep.spark.study.StudyDensities;

/** The data of a page of saved networks' spectra, as JSON. */
final class StudyData {
  private StudyData() {}

  /** Writes all of it. */
  static void write(List<Study> studies, ReportFacts facts, Writer out) throws IOException {
    JsonWriter json = FactsData.writer(out);
    RowData rows = new RowData(json);
    json.beginObject();
    FactsData.write(facts, json);
    json.name("studies").beginArray();
    for (Study study : studies) {
      write(study, rows, json);
    }
    json.endArray();
    json.name("density");
    List<String> places = IntStream.range(0, studies.size()).mapToObj(String::valueOf).toList();
    DensityData.write(StudyDensities.of(studies), places, json);
    rows.writeSettings();
    json.endObject();
    json.flush();
  }

  /** A study's row in {@code spectra}, and with it what its other tables have. */
  private static void write(Study study, RowData rows, JsonWriter json) throws IOException {
    SpectrumBulk bulk =
        SpectrumBulk.of(
            Study.numbers(study.masses(), "node"), Study.numbers(study.masses(), "weight"));
    json.beginObject();
    json.name("folder").value(study.folder());
    rows.writeCells(study.cells());
    json.name("largest").value(largest(study));
    json.name("bulk").beginObject();
    json.name("width").value(SpectrumBulk.WIDTH);
    json.name("near").value(bulk.near());
    json.name("below").value(bulk.below());
    json.endObject();
    json.name("pairs");
    rows.writeRows(study.pairs());
    json.name("layers");
    rows.writeRows(study.layers());
    json.endObject();
  }

  /**
   * The largest magnitude that was met, to which residuals are relative: one of an eigenvalue below
   * zero too, which is none of the leading ones.
   */
  private static double largest(Study study) {
    return DoubleStream.concat(
            Arrays.stream(Study.numbers(study.pairs(), "eigenvalue")),
            Arrays.stream(Study.numbers(study.masses(), "node")))
        .map(Math::abs)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }
}
