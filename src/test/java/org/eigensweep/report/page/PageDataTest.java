package org.eigensweep.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eigensweep.spark.curve.Curve;
import org.eigensweep.spark.curve.SweepCurves;
import org.eigensweep.spark.curve.TrialRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of a page, read back by a JSON parser of another's making. */
class PageDataTest {
  private static String text(SweepCurves curves) throws IOException {
    StringWriter out = new StringWriter();
    PageData.write(curves, MadeCurves.FACTS, out);
    return out.toString();
  }

  private static JsonObject json(SweepCurves curves) throws IOException {
    return JsonParser.parseString(text(curves)).getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "a\"b'c\\d",
        "line\u2028separator\u2029 and \u0000 and \ud83d\ude00",
        "@@page.js@@ $1 \\1"
      })
  void keepsEveryNameAsItIsAndEndsNoScript(String name) throws IOException {
    SweepCurves curves = MadeCurves.sweep(name, name);
    String text = text(curves);
    assertThat(text).doesNotContain("<").doesNotContain("\u2028");
    JsonObject first = JsonParser.parseString(text).getAsJsonObject();
    JsonElement third = first.getAsJsonArray("trials").get(2);
    assertThat(third.getAsJsonObject().get("branch").getAsString()).isEqualTo(name);

    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ReportPage.ofSweeps(curves, MadeCurves.FACTS).write(page);
    String html = page.toString(StandardCharsets.UTF_8);
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    assertThat(JsonParser.parseString(html.substring(from, html.indexOf("</script>", from))))
        .isEqualTo(first);
    assertThat(html.split("<script", -1)).as("data and four scripts").hasSize(6);
    assertThat(html.replace(html.substring(from, html.indexOf("</script>", from)), ""))
        .as("nothing left to fill in, and nothing from elsewhere")
        .doesNotContainPattern("@@[a-z.]+@@|(src|href)=\"?https?:");
  }

  @Test
  void roundsToSixDigitsAndLeavesOutWhatIsNoNumber() throws IOException {
    double[] values = {
      Math.PI, 1e-300 / 3, -2e9 / 3, 0.5, -0.0, 1.9999999, 123456789, Double.NaN, 1e300
    };
    TrialRow trial = MadeCurves.trial("a", "x", "plain", 0.1, 1);
    JsonObject json =
        json(
            MadeCurves.of(
                List.of(trial),
                List.of(MadeCurves.curve("a", "train_loss", 0, b -> values[b % values.length])),
                List.of()));
    JsonArray mean =
        json.getAsJsonArray("curves")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("train_loss")
            .getAsJsonArray("mean");
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        assertThat(mean.get(i).isJsonNull()).isTrue();
      } else {
        // Half a unit of the sixth digit, which for a leading 1 is 5e-6 of the number.
        assertThat(Math.abs(mean.get(i).getAsDouble() - values[i]))
            .isLessThanOrEqualTo(5e-6 * Math.abs(values[i]));
      }
    }
  }

  @Test
  void writesWhatIsSharedOnceAndLowAndHighOnlyWhereTheyDiffer() throws IOException {
    TrialRow one = MadeCurves.trial("a", "x", "plain", 0.1, 1);
    TrialRow other = MadeCurves.trial("b", "x", "bulk", 0.1, 1);
    Curve flat = MadeCurves.curve("a", "train_loss", 0, b -> 1);
    Curve wide =
        new Curve(
            "b",
            "train_loss",
            0,
            new int[] {3, 4},
            new double[] {1, 2},
            new double[] {2, 2},
            new double[] {3, 2});
    JsonObject json = json(MadeCurves.of(List.of(one, other), List.of(flat, wide), List.of()));
    assertThat(json.getAsJsonArray("settings")).hasSize(1);
    assertThat(json.getAsJsonArray("buckets")).hasSize(2);
    assertThat(json.get("thinned").getAsBoolean()).isTrue();
    JsonArray curves = json.getAsJsonArray("curves");
    assertThat(curves.get(0).getAsJsonObject().getAsJsonObject("train_loss").keySet())
        .containsExactly("at", "mean");
    assertThat(curves.get(1).getAsJsonObject().getAsJsonObject("train_loss"))
        .hasToString("{\"at\":1,\"mean\":[2,2],\"low\":[1,2],\"high\":[3,2]}");
  }
}
