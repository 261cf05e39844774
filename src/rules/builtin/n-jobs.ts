/** scikit-learn on one core of several. */
import { syntaxRule } from '../rule.ts';

const MODELS =
  '(RandomForest\\w*|ExtraTrees\\w*|Bagging\\w*|Voting\\w*|Stacking\\w*|KNeighbors\\w*|GridSearchCV|RandomizedSearchCV|OneVs\\w+|MultiOutput\\w+|IsolationForest|LogisticRegressionCV|ElasticNetCV|LassoCV|RFECV)';

export const nJobs = syntaxRule({
  id: 'one-job-of-many-cores',
  title: '{{call}} works on one core',
  advice:
    'This model can train its parts side by side: set n_jobs=-1. Fewer or smaller parts (n_estimators, max_features, max_depth, a coarser grid) often cost little accuracy.',
  example: '{{model}}.set_params(n_jobs=-1)   # all cores',
  docsUrl: 'https://scikit-learn.org/stable/computing/parallelism.html',
  match: {
    query: `(call function: (attribute object: (identifier) @model attribute: (identifier) @method)
      (#any-of? @method "fit" "fit_transform" "score" "predict" "fit_predict")) @call @place`,
    callees: '^sklearn\\b',
    calleeShare: 0.5,
    assigned: { model: `^(\\w+\\.)*${MODELS}\\((?![\\s\\S]*n_jobs)` },
    maxCores: 1.3,
  },
  minMs: 1000,
  minShare: 0.1,
  specificity: 5,
  factor: 1.6,
  because: 'two cores or more, less the parts that cannot be shared',
});
