// Prints the OCI runtime configuration of one container: IMAGE.json (of buildah) ROOT DATA "NAME=VALUE …" ARGUMENT…
const [image, root, data, environment, ...args] = process.argv.slice(2);
const { config } = JSON.parse(require('fs').readFileSync(image)).Docker;
const [uid, gid] = config.User.split(':').map(Number);
const tmpfs = (destination, ...options) => ({ destination, type: 'tmpfs', source: 'tmpfs', options: ['nosuid', ...options] });

console.log(JSON.stringify({
  ociVersion: '1.0.2',
  hostname: 'localhost',
  root: { path: root, readonly: true },
  process: {
    user: { uid, gid },
    args: [...config.Entrypoint, ...args],
    env: [...new Map([...config.Env, ...environment.split(' ').filter(Boolean)].map((it) => [it.split('=')[0], it])).values()],
    cwd: config.WorkingDir,
    capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
    noNewPrivileges: true,
  },
  mounts: [
    { destination: '/proc', type: 'proc', source: 'proc' },
    tmpfs('/dev', 'mode=755'),
    tmpfs('/tmp', 'nodev', 'noexec', 'mode=1777'),
    { destination: '/data', type: 'bind', source: data, options: ['rbind', 'rw', 'nosuid', 'nodev'] },
  ],
  linux: { namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
}, null, 1));
