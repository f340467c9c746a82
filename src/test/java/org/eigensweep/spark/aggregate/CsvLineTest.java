package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
  @Test
  void numbersKeepTheirDigitsAndNullIsNothing() {
    assertThat(CsvLine.of(RowFactory.create(1, 0.1, null, -1e-12, 5L, "plain")))
        .isEqualTo("1,0.1,,-1.0E-12,5,plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b", "a\"b", "\"", "a\nb", "a\r\nb", "", " a ", "ä\\", "a'b", "é\u2028"})
  void everyTextIsReadBackAsItIs(String text, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "one,two\n" + CsvLine.of(RowFactory.create(text, 2)) + "\nnext,3\n");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+2 | '=1+2",
        "@sum(a1) | '@sum(a1)",
        "-2 | '-2",
        "+a | '+a",
        "=cmd(\"x\",1) | \"'=cmd(\"\"x\"\",1)\"",
        "a=b | a=b",
      })
  void aTextThatASpreadsheetWouldComputeIsShownInstead(String text, String expected) {
    assertThat(CsvLine.of(RowFactory.create(text))).isEqualTo(expected);
  }
}
