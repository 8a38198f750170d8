import os
from pathlib import Path

SECRET_KEY = os.environ.get('DJANGO_SECRET_KEY', 'only-for-this-sample')
ALLOWED_HOSTS = ['127.0.0.1', 'localhost']
ROOT_URLCONF = 'shop.urls'
INSTALLED_APPS = ['sales']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': os.environ.get('SHOP_DATABASE', Path(__file__).resolve().parent.parent / 'shop.sqlite3'),
    }
}
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
MIDDLEWARE = ['sales.middleware.content_security_policy']
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
LANGUAGE_CODE = 'pt-br'
USE_TZ = True

# A key with the scope `insights`, made with POST /auth/keys.
BILLUMY_SERVICE = os.environ.get('BILLUMY_SERVICE', 'http://127.0.0.1:8000')
BILLUMY_API_KEY = os.environ['BILLUMY_API_KEY']
