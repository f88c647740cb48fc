import {documents, quoted} from './manifest.ts';

export type RecorderOptions = {
	readonly name: string;
	readonly namespace: string;
	/** The account that may read nodes. */
	readonly serviceAccount: string;
	/** Has `ktop` on its path. */
	readonly image: string;
	/** The URI of `--sink`, without credentials: these come from a Secret of the recorder's name. */
	readonly sink: string;
	/** How many recorders share the nodes. */
	readonly recorders: number;
};

/** Where the health is told, as Heapster did. */
const PORT = 8082;

/** Where points wait for a store that is out. */
export const SPOOL_FOLDER = '/var/spool/ktop';

/** Nobody's, as distroless images have it. */
const USER = 65_532;

/**
 * A StatefulSet of recorders as YAML documents: each knows its part by its own name, and has a volume that outlives it
 * for what the store has not taken yet. Nothing in it may be written but that, and it runs as nobody.
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
