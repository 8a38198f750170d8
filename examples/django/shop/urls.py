from django.urls import path

from sales.views import insights

urlpatterns = [path('insights', insights)]
