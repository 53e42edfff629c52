/** A trained logistic regression: 1 / (1 + exp(-(bias + weights · inputs))). */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Probability that the model gives to these inputs (as many as it has weights). */
export function probability(model: Logistic, inputs: readonly number[]): number {
  let sum = model.bias;
  for (let index = 0; index < model.weights.length; index++) sum += (model.weights[index] ?? 0) * (inputs[index] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
