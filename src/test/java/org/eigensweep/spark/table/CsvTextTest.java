package org.eigensweep.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
  @Test
  void endsALineAsRfc4180Does() {
    assertThat(CsvText.line(Arrays.asList("a", 1, null, 2L))).isEqualTo("a,1,,2\r\n");
  }

  @Test
  void quotesWhatWouldEndAField() {
    assertThat(CsvText.field("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvText.field("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
    assertThat(CsvText.field("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(CsvText.field("a\rb")).isEqualTo("\"a\rb\"");
    assertThat(CsvText.field(" a b ")).isEqualTo(" a b ");
  }

  @Test
  void tellsAnEmptyTextFromNull() {
    assertThat(CsvText.field("")).isEqualTo("\"\"");
    assertThat(CsvText.field(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+2", "+1", "-1", "@SUM(A1)", "-"})
  void letsNoSpreadsheetRunAText(String text) {
    assertThat(CsvText.field(text)).isEqualTo("'" + text);
  }

  @Test
  void letsNoSpreadsheetRunATextBehindAnInvisibleLetter() {
    assertThat(CsvText.field("\t=1")).isEqualTo("'\t=1");
    assertThat(CsvText.field("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(CsvText.field("=a,b")).isEqualTo("\"'=a,b\"");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -0.1,
        -0.0,
        1.0 / 3,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        2.2250738585072014E-308,
        Double.NEGATIVE_INFINITY,
        Double.NaN
      })
  void keepsAllDigitsOfANumber(double number) {
    assertThat(Double.valueOf(CsvText.field(number))).isEqualTo(Double.valueOf(number));
  }

  @Test
  void writesATimeInUtcToTheMicrosecond() {
    assertThat(CsvText.field(Instant.parse("2026-01-02T03:04:05.000006Z")))
        .isEqualTo("2026-01-02T03:04:05.000006Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b", "a\"b", "\"", "a\nb", "a\r\nb", "", " a ", "ä\\", "a'b", "é\u2028"})
  void everyTextIsReadBackAsItIs(String text, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(
        file,
        CsvText.line(List.of("one", "two"))
            + CsvText.line(List.of(text, 2))
            + CsvText.line(List.of("next", 3)));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select * from read_csv('%s', header=true, delim=',', quote='\"', escape='\"', columns={'one':'varchar','two':'integer'}, allow_quoted_nulls=false)"
                    .formatted(file))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(text);
      assertThat(rows.getInt(2)).isEqualTo(2);
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }
}
