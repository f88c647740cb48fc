import type {LabelNames} from './label-names.ts';

/** What was found out of a store, and what selects the cluster in it. */
export type PrometheusSchema = {
	readonly labels: LabelNames;
	/** In every selector. */
	readonly matchers: readonly string[];
	/**
	 * Whether the rows of `id="/"` are there. kube-prometheus-stack drops what belongs to no pod unless it is told not to
	 * (`cAdvisorMetricRelabelings`: id, pod = `.+;`); a node is then the sum of its pods, which lacks what runs outside
	 * them.
	 */
	readonly hasNodeRows: boolean;
	/**
	 * What is there of pods as such: rows of their control groups from /metrics/cadvisor, or the series of
	 * /metrics/resource. Undefined where there is neither; a pod is then the sum of its containers.
	 */
	readonly podRows: 'groups' | 'resource' | undefined;
};
