package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on aggregates names every table and column, as the tables' own schemas do. */
class AggregatesPageTest {
  static Stream<Map.Entry<String, StructType>> tables() {
    return Map.of(
        AggregateTables.BY_STEP, AggregateTables.BY_STEP_COLUMNS,
        AggregateTables.DIFFERENCES, AggregateTables.DIFFERENCES_COLUMNS,
        AggregateTables.REACHED, AggregateTables.REACHED_COLUMNS,
        AggregateTables.REACHED_BY_POINT, AggregateTables.REACHED_BY_POINT_COLUMNS)
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void namesEveryColumn(Map.Entry<String, StructType> table) throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/aggregates.md"));
    int from = page.indexOf("## `" + table.getKey() + "`");
    assertThat(from).isNotNegative();
    String section = page.substring(from, page.indexOf("\n## ", from + 1));
    int identity = page.indexOf("## `" + AggregateTables.BY_STEP + "`");
    String before = page.substring(identity, page.indexOf("| column", identity));
    assertThat(table.getValue().fieldNames())
        .allSatisfy(name -> assertThat(section + before).contains("`" + name + "`"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void saysWhatEveryColumnMeans(Map.Entry<String, StructType> table) {
    assertThat(Arrays.asList(table.getValue().fields()))
        .allSatisfy(column -> assertThat(column.getComment().isDefined()).isTrue());
  }
}
