import {documents, quoted} from './manifest.ts';

export type RecorderOptions = {
	readonly name: string;
	readonly namespace: string;
	/** A service account with the rights of `KTOP_ROLE`. */
	readonly serviceAccount: string;
	/** Must have `ktop` on its PATH. */
	readonly image: string;
	/** The `--sink` URI without credentials, which come from a Secret with the name of the recorder. */
	readonly sink: string;
	/** The number of recorders, each with its shard of the nodes. */
	readonly recorders: number;
};

/** The port of /healthz, as in Heapster. */
const PORT = 8082;

/** The folder for points that the store has not accepted yet. */
export const SPOOL_FOLDER = '/var/spool/ktop';

/** The `nonroot` user of distroless images. */
const USER = 65_532;

/**
 * A Service and a StatefulSet of recorders as YAML documents. Each recorder gets its shard from its pod name and has a
 * persistent volume for the spool. It runs as non-root with a read-only root filesystem.
 */
export function recorderManifest(options: RecorderOptions): string {
	return documents([service(options), statefulSet(options)]);
}

function service({name, namespace}: RecorderOptions): readonly string[] {
	return [
		'apiVersion: v1',
		'kind: Service',
		'metadata:',
		`  name: ${name}`,
		`  namespace: ${namespace}`,
		'spec:',
		'  clusterIP: None',
		`  selector: {app.kubernetes.io/name: ${name}}`,
		`  ports: [{name: health, port: ${PORT}}]`,
	];
}

function statefulSet(options: RecorderOptions): readonly string[] {
	const {name, namespace, serviceAccount, image, sink, recorders} = options;
	const command = [
		'ktop',
		'record',
		'--sink',
		sink,
		'--shard',
		`$(POD_NAME)/${recorders}`,
		'--listen',
		`:${PORT}`,
	];
	return [
		'apiVersion: apps/v1',
		'kind: StatefulSet',
		'metadata:',
		`  name: ${name}`,
		`  namespace: ${namespace}`,
		'spec:',
		`  serviceName: ${name}`,
		`  replicas: ${recorders}`,
		'  podManagementPolicy: Parallel',
		`  selector: {matchLabels: {app.kubernetes.io/name: ${name}}}`,
		'  template:',
		'    metadata:',
		`      labels: {app.kubernetes.io/name: ${name}}`,
		'    spec:',
		`      serviceAccountName: ${serviceAccount}`,
		'      securityContext:',
		'        runAsNonRoot: true',
		`        runAsUser: ${USER}`,
		`        fsGroup: ${USER}`,
		'        seccompProfile: {type: RuntimeDefault}',
		'      containers:',
		'        - name: ktop',
		`          image: ${quoted(image)}`,
		`          command: [${command.map(quoted).join(', ')}]`,
		'          env:',
		'            - name: POD_NAME',
		'              valueFrom: {fieldRef: {fieldPath: metadata.name}}',
		'            - {name: HOME, value: /tmp}',
		'          # INFLUX_TOKEN, or INFLUX_USERNAME and INFLUX_PASSWORD',
		`          envFrom: [{secretRef: {name: ${name}, optional: true}}]`,
		`          ports: [{name: health, containerPort: ${PORT}}]`,
		'          livenessProbe:',
		`            httpGet: {path: /healthz, port: ${PORT}}`,
		'            initialDelaySeconds: 60',
		'            periodSeconds: 30',
		'          resources:',
		'            requests: {cpu: 100m, memory: 256Mi}',
		'            limits: {memory: 2Gi}',
		'          securityContext:',
		'            allowPrivilegeEscalation: false',
		'            readOnlyRootFilesystem: true',
		'            capabilities: {drop: [ALL]}',
		'          volumeMounts:',
		`            - {name: spool, mountPath: ${SPOOL_FOLDER}}`,
		'            - {name: tmp, mountPath: /tmp}',
		'      volumes:',
		'        - {name: tmp, emptyDir: {}}',
		'  volumeClaimTemplates:',
		'    - metadata: {name: spool}',
		'      spec:',
		'        accessModes: [ReadWriteOnce]',
		'        resources: {requests: {storage: 2Gi}}',
	];
}
