"""`python -m billumy_trainer`: serves until it is told to stop."""
import os
import sys

from .settings import read_settings


def main() -> None:
    try:
        settings = read_settings()
    except ValueError as error:
        sys.exit(str(error))
    # Read when the libraries load, in the processes of jobs too. Nothing is ever fetched from a hub.
    os.environ.update(HF_HUB_OFFLINE='1', TRANSFORMERS_OFFLINE='1', TOKENIZERS_PARALLELISM='false')
    os.environ.update(OMP_NUM_THREADS=str(settings.threads), CUBLAS_WORKSPACE_CONFIG=':4096:8')

    import uvicorn

    from .app import create_app

    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level='warning', server_header=False)


if __name__ == '__main__':
    main()
