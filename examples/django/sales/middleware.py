def content_security_policy(get_response):
    """Pages run no script, wherever a text in them comes from; charts are pictures."""

    def respond(request):
        response = get_response(request)
        response['Content-Security-Policy'] = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        return response

    return respond
