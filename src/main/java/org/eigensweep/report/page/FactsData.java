package org.eigensweep.report.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;

/** What a page says of itself, the same for all pages. */
final class FactsData {
  private FactsData() {}

  /** A writer whose text is safe within a script element: what would end it is an escape. */
  static JsonWriter writer(Writer out) {
    JsonWriter json = new JsonWriter(out);
    json.setHtmlSafe(true);
    json.setSerializeNulls(true);
    return json;
  }

  /** Writes its fields into the object that has been begun. */
  static void write(ReportFacts facts, JsonWriter json) throws IOException {
    json.name("made").value(facts.made().toString());
    json.name("version").value(facts.version());
    json.name("running").value(facts.running());
    json.name("again");
    if (facts.again().isPresent()) {
      json.value(facts.again().getAsInt());
    } else {
      json.nullValue();
    }
    json.name("folders").beginArray();
    for (String folder : facts.folders()) {
      json.value(folder);
    }
    json.endArray();
  }
}
