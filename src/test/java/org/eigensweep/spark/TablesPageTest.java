package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.SpectraTable;
import org.eigensweep.spark.table.SpectrumTables;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on the tables names every column. */
class TablesPageTest {
  static Stream<Table<?>> tables() {
    return Stream.of(
        StepsTable.TABLE,
        EigenvaluesTable.TABLE,
        TrialsTable.TABLE,
        SpectraTable.TABLE,
        SpectrumTables.EIGENVALUES,
        SpectrumTables.DENSITY,
        SpectrumTables.LAYERS);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void namesEveryColumn(Table<?> table) throws Exception {
    String page = Files.readString(Path.of("src/site/markdown/tables.md"));
    int from = page.indexOf("## `" + table.name() + "`");
    assertThat(from).isNotNegative();
    int next = page.indexOf("\n## ", from + 1);
    String section = page.substring(from, next);
    assertThat(table.columns())
        .allSatisfy(column -> assertThat(section).contains("`" + column.name() + "`"));
  }
}
