package org.eigensweep.config;

/**
 * How large a problem is, for the sections that may not ask more of it.
 *
 * @param parameters number of parameters
 * @param parametersAre what the parameters are, for messages
 * @param forMore how to get more of them
 * @param examples training examples
 * @param examplesKey the setting that says how many
 */
record ProblemSize(
    long parameters, String parametersAre, String forMore, int examples, String examplesKey) {
  static ProblemSize ofNetwork(long parameters, int examples) {
    return new ProblemSize(
        parameters,
        "the parameters of the model",
        "widen the model",
        examples,
        "eigensweep.data.train-examples");
  }

  static ProblemSize ofQuadratic(long parameters, int examples) {
    return new ProblemSize(
        parameters,
        "the eigenvalues of the quadratic",
        "add eigenvalues",
        examples,
        "eigensweep.quadratic.examples");
  }

  static ProblemSize ofKind(String kind, long parameters, int examples) {
    return new ProblemSize(
        parameters,
        "the parameters of the problem " + kind,
        "ask for a larger problem",
        examples,
        "the examples of the problem " + kind);
  }

  /** The value of a node, which is at least 1 and at most the number of parameters. */
  int atMostParameters(Node node) {
    int number = node.integerOfAtLeast(1);
    if (number > parameters) {
      throw node.refuse(
          "at most %d, %s".formatted(parameters, parametersAre), "lower it or " + forMore);
    }
    return number;
  }

  /** The value of a node, which is at least 1 and at most the number of examples. */
  int atMostExamples(Node node) {
    int number = node.integerOfAtLeast(1);
    if (number > examples) {
      throw node.refuse(
          "at most %s = %d".formatted(examplesKey, examples), "lower it or take more examples");
    }
    return number;
  }
}
