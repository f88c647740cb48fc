import type {LabelNames} from './label-names.ts';

/** The schema that was detected in a store. */
export type PrometheusSchema = {
	readonly labels: LabelNames;
	/** Part of every selector. */
	readonly matchers: readonly string[];
	/**
	 * True if series of `id="/"` exist. kube-prometheus-stack drops series without a pod by default
	 * (`cAdvisorMetricRelabelings`: id, pod = `.+;`). A node is then the sum of its pods, without processes outside them.
	 */
	readonly hasNodeRows: boolean;
	/**
	 * Series of whole pods: of their cgroups, from /metrics/cadvisor, or from /metrics/resource. If undefined, a pod is
	 * the sum of its containers.
	 */
	readonly podRows: 'groups' | 'resource' | undefined;
};
