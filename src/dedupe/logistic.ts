/** A trained logistic regression: 1 / (1 + exp(-(bias + weights · inputs))). */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Probability that the model gives to these inputs (as many as it has weights). */
export function probability(model: Logistic, inputs: readonly number[]): number {
  let sum = model.bias;
  for (let place = 0; place < model.weights.length; place++) sum += (model.weights[place] ?? 0) * (inputs[place] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
