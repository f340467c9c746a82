package org.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The page of dependencies has a row for each direct one of the pom, those of profiles too. */
class DependenciesPageTest {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();
  private static final String DIRECT =
      "/project/dependencies/dependency | /project/profiles/profile/dependencies/dependency";

  /** A row with a licence, a reason and a keeper. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)`( \\| [^|]*\\w[^|]*){3} \\|$");

  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  @Test
  void everyDirectDependencyHasOneRowAndNothingElseHasOne() throws Exception {
    List<String> rows =
        ROW.matcher(Files.readString(Path.of("src/site/markdown/dependencies.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(direct());
  }

  /** Group and artifact of each; one that is taken with several classifiers counts once. */
  private static List<String> direct() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
    NodeList found = (NodeList) XPATH.evaluate(DIRECT, pom, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(found::item)
        .map(one -> text(pom, one, "groupId") + ":" + text(pom, one, "artifactId"))
        .distinct()
        .toList();
  }

  private static String text(Document pom, Node dependency, String element) {
    return PROPERTY
        .matcher(value(dependency, element))
        .replaceAll((MatchResult name) -> value(pom, "/project/properties/" + name.group(1)));
  }

  /** The text that a path leads to; "" where it leads nowhere. */
  private static String value(Node from, String path) {
    try {
      return XPATH.evaluate(path, from);
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
