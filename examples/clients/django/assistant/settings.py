"""The least that a Django project needs; yours has its own."""
SECRET_KEY = 'only-for-this-sample'
ALLOWED_HOSTS = ['127.0.0.1', 'localhost']
ROOT_URLCONF = 'assistant.urls'
MIDDLEWARE = ['django.middleware.common.CommonMiddleware']
