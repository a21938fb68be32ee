"""The hub of the trial: everybody may log in, servers are processes of this machine.

`run.py` starts it and gives the folders, ports and tokens in the environment. The parts that a real
hub would copy are the role of the culler and the room; the rest is for a trial on one machine only.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821

HOME = Path(os.environ["TRIAL_HOME"])
ROOT = Path(os.environ["TRIAL_ROOT"])

c.JupyterHub.bind_url = os.environ["TRIAL_URL"]
c.JupyterHub.hub_port = int(os.environ["TRIAL_HUB_PORT"])
c.JupyterHub.db_url = f"sqlite:///{HOME / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(HOME / "cookie-secret")
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = os.environ["TRIAL_PROXY"]
c.ConfigurableHTTPProxy.api_url = os.environ["TRIAL_PROXY_API"]
c.ConfigurableHTTPProxy.auth_token = os.environ["TRIAL_PROXY_TOKEN"]
c.ConfigurableHTTPProxy.pid_file = str(HOME / "proxy.pid")

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(HOME / "users" / "{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
# Kernels speak through files: twenty servers of one machine that choose ports at once choose some twice,
# and a kernel whose port is taken never answers.
c.Spawner.args = [
    "--allow-root",
    "--LabApp.extension_manager=readonly",
    "--KernelManager.transport=ipc",
]
# One shared place for the script of the charts, made once: otherwise each learner's first chart makes it.
c.Spawner.environment = {
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "JUPYTERHUB_ACTIVITY_INTERVAL": "5",
    # A short path, since a socket's name may have 107 characters.
    "JUPYTER_RUNTIME_DIR": lambda spawner: str(HOME / "r" / spawner.user.name),
}
c.Spawner.start_timeout = c.Spawner.http_timeout = 900
c.Spawner.default_url = "/lab"
c.JupyterHub.concurrent_spawn_limit = 0  # the trial wants them all at once
c.JupyterHub.activity_resolution = 1
c.JupyterHub.last_activity_interval = 5

c.JupyterHub.services = [
    {"name": "trial", "api_token": os.environ["TRIAL_TOKEN"]},
    {"name": "idle-culler", "api_token": os.environ["TRIAL_CULLER_TOKEN"]},
    {
        "name": "room",
        "url": f"http://127.0.0.1:{os.environ['TRIAL_ROOM_PORT']}",
        "command": [
            sys.executable,
            "-m",
            "course",
            "room",
            "--session",
            str(HOME / "room.session"),
        ],
        "environment": {"PYTHONPATH": str(ROOT)},
    },
]
c.JupyterHub.load_roles = [
    {
        "name": "trial-role",
        "services": ["trial"],
        "scopes": ["admin:users", "admin:servers", "tokens", "access:servers"],
    },
    {
        "name": "idle-culler-role",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
