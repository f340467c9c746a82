package example;

import java.util.List;
import java.util.Map;
import org.eigensweep.training.Parameter;
import org.eigensweep.training.UpdateRule;
import org.eigensweep.training.UpdateRuleKind;

/** Takes the dominant part of the updates away little by little: from plain training to Bulk. */
public final class Fading implements UpdateRuleKind {
  @Override
  public String name() {
    return "fading";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("steps", 100, "a number above 0", x -> x > 0));
  }

  @Override
  public UpdateRule at(int step, Map<String, Double> values) {
    return new UpdateRule(Math.max(0, 1 - step / values.get("steps")), 1);
  }
}
