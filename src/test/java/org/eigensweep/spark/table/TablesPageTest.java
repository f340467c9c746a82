package org.eigensweep.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on the tables names every column. */
class TablesPageTest {
  static Stream<Table<?>> tables() {
    return Stream.of(
        StepsTable.TABLE,
        EigenvaluesTable.TABLE,
        OverlapsTable.TABLE,
        DensityTable.TABLE,
        LayersTable.TABLE,
        TrialsTable.TABLE,
        SpectraTable.TABLE,
        SpectrumTables.EIGENVALUES,
        SpectrumTables.DENSITY,
        SpectrumTables.LAYERS);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void namesEveryColumn(Table<?> table) throws Exception {
    String section = section("## `" + table.name() + "`") + section("## Every table of trials");
    assertThat(table.columns())
        .allSatisfy(column -> assertThat(section).contains("`" + column.name() + "`"));
  }

  /** A name that SQL or pandas has another meaning for would have to be quoted. */
  @ParameterizedTest
  @MethodSource("tables")
  void usesNoNameThatTripsItsReaders(Table<?> table) {
    assertThat(table.columns())
        .extracting(Column::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z][a-z0-9_]*"))
        .doesNotContain("index", "name", "commit", "size", "values", "order", "group", "count");
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/tables.md"));
    int from = page.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    return page.substring(from, page.indexOf("\n## ", from + 1));
  }
}
